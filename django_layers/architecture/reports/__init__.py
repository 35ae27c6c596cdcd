"""How a report is shown; each format is a function from a report to a text."""
