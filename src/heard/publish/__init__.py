"""Publishing: papers as pages and PDFs, and the static site around them.

Nothing here knows a private path; what comes out is a function of the public files alone.
"""
