"""Trade missions: whom to meet and why, when and where, and the papers to carry."""
