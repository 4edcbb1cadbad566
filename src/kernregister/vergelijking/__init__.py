"""Files side by side: two overviews of the register, or the register and an institution's own administration."""
