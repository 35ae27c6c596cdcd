"""From a judged request to a plan: what a run would do to each file."""
