"""How much texts are about the same thing, and which problem words belong to. Importing it loads nothing heavy."""

from heard.base.similarity.embedding import embed as embed
from heard.base.similarity.lexical import rank as rank
