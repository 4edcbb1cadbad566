"""The door of the room ``overzichten``."""

__all__: list[str] = []
