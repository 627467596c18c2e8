"""The made-up county: people drawn by seed, the files that the bureaux send of them, and the story.

Nobody here exists. The program itself never reads from this package; demos, benches and tests do.
"""
