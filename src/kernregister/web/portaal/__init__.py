"""The portal: the pages in which people do their work. Thin: what they show and change is in the rooms."""
