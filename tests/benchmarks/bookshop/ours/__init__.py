"""Our own side, as the generator writes it, in one module a layer; what is not measured is left out."""
