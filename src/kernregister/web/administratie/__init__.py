"""The own administration of an institution beside the register: uploads, translations, differences and what is done."""
