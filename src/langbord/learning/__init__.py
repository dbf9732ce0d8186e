"""The course, learning labs, reflection alone and together, the standing question of a unit, and the mentor."""
