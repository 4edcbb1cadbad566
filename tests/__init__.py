"""The tests; they mirror src/kernregister. A package, so that tests may import each other's builders."""
