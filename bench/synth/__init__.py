"""A generator of Swedish municipal documents with exact facts, from grammars."""
