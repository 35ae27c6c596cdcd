"""The checker: it reads the files of a project, imports none of them, and says where a layer is crossed."""
