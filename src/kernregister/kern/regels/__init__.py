"""The rules of the register: one module per family, one function per rule, one id."""
