"""A made-up bank, run as a process of its own: it takes payment files, pays in its own books, and answers.

It knows of us only the files. Its books (an SQLite file) tell what it really paid, so a test can compare
the money at the bank with ours. It misbehaves when its script says so, and always the same for one seed.
"""
