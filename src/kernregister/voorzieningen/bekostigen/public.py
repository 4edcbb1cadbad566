"""The door of the room ``bekostigen``."""

__all__: list[str] = []
