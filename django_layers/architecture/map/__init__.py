"""The map of a project: its apps, layers and entities, who uses whom, and where a boundary is crossed."""
