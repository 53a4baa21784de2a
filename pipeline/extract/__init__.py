"""Facts from text: one module per kind, each with `KIND` and `find(material)`, none aware of the others."""
