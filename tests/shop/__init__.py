"""A small layered app, written as the generator writes, for the tests of the runtime."""
