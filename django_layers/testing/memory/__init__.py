"""A database made of dictionaries, described by the models, for the tests of services."""
