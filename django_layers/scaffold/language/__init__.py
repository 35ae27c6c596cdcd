"""The language of requests: names, the grammar of fields, the one table of types, and what a request says."""
