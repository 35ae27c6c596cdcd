"""The violations that a project had when it began to be checked: they are known, and may only become fewer."""
