"""The generator: a request becomes a plan, and the plan is applied as a whole or not at all."""
