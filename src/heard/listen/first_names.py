"""First names that are common in Europe and America: what tells a person from a company in “with Tom, Rotterdam Hub”.

Left out are those that are words, places or companies as often (Mark, Victoria, Mercedes). A name that is not
here is no company for that: it only does not tell.
"""

from __future__ import annotations

from heard.base.text import words

_NAMES = """
    Aaron Adam Adrian Agata Agnes Agnieszka Ahmed Aisha Alain Alan Albert Alberto Aleksander Aleksandra Alejandro
    Alessandro Alessia Alex Alexander Alexandra Alexandre Alfred Ali Alice Alicia Alina Alison Alistair Amanda
    Amelia Amina Amy Ana Anders Andrea Andreas Andreea Andrei Andrew Andrzej Andy Angela Anita Anja Anke Ann Anna
    Anne Annette Annika Anthony Antoine Anton Antonio Arnaud Arne Arthur Astrid Aurelie Barbara Bart Bartosz Beata
    Beate Beatrice Beatriz Ben Benedikt Benjamin Benoit Bernard Bernd Bert Beth Betty Birgit Bjarne Björn Bob Brian
    Britta Bruno Camille Carl Carla Carlo Carlos Carmen Carol Carole Caroline Carsten Catherine Cecilia Charlotte
    Chiara Chris Christa Christian Christiane Christina Christine Christoph Christophe Christopher Claire Clara
    Claude Claudia Clemens Colin Corinna Cornelia Craig Cristina Daan Dagmar Damien Dan Daniel Daniela Daniele
    Daniella Dave David Davide Dawid Debbie Deborah Denis Dennis Derek Diana Diane Dick Diego Dieter Dietmar Dirk
    Dominik Dominique Donald Doris Dorothea Dorota Doug Duncan Edith Eduardo Edward Edyta Eileen Elena Eleni Elias
    Elisa Elisabeth Elizabeth Elke Ella Ellen Els Elsa Emil Emilia Emily Emma Emmanuel Enrico Eric Erik Erika Ernst
    Esther Etienne Eva Evelyn Ewa Fabian Fabien Fabio Fatima Federico Felix Femke Fernando Filip Fiona Florian
    Francesca Francesco Francisco Franck Franco François Françoise Frank Franz Fred Frederic Frederik Frieda
    Friedrich Fritz Gabriel Gabriela Gabriele Gareth Gary Gemma Geoff Georg Georges Gerald Gerard Gerd Gerhard Gert
    Gilles Giorgio Giovanni Gisela Giulia Giuseppe Gordon Graham Greg Gregor Greta Grzegorz Guido Guillaume Günter
    Günther Gustav Hanna Hannah Hannes Hans Harald Harriet Harry Hassan Heather Heidi Heike Heiko Heinrich Heinz
    Helen Helena Helene Helga Helmut Hendrik Henri Henrik Henry Herbert Hermann Hilde Holger Horst Hubert Hugo Ian
    Ibrahim Ilse Ines Inga Inge Ingo Ingrid Irena Irene Irina Iris Isabel Isabelle Ivan Ivo Jacek Jack Jacob
    Jacqueline Jacques Jakob Jakub James Jamie Jan Jana Jane Janet Janina Janusz Jasmin Javier Jean Jeff Jennifer
    Jenny Jens Jeremy Jerome Jerzy Jessica Jim Joachim Joan Joanna Joao Jochen Joe Joel Johan Johann Johanna
    Johannes John Jolanta Jonas Jonathan Joost Jorge José Josef Joseph Joshua Josip Joyce Juan Judith Julia Julian
    Juliane Julie Julien Jürgen Justin Justyna Jutta Kai Kamil Karen Karin Karina Karl Karolina Karsten Katarina
    Katarzyna Kate Katharina Kathrin Kathy Katja Katrin Kay Keith Kelly Ken Kerstin Kevin Khalid Kim Kirsten Klaus
    Konrad Konstantin Kristin Kristina Krzysztof Kurt Lars Laszlo Laura Laurent Lea Lena Leon Leonie Liam Lieke
    Linda Lionel Lisa Liz Lorenzo Lotte Louis Louise Luc Luca Lucas Lucia Lucie Lucy Ludwig Luigi Luis Luisa Lukas
    Lukasz Lutz Lynn Maarten Maciej Magda Magdalena Maggie Magnus Maja Malgorzata Manfred Manon Manuel Manuela Marc
    Marcel Marcin Marco Marcus Marek Maren Margaret Margarete Maria Marianne Marie Marijke Marina Mario Marion
    Marius Marjan Markus Marlene Marta Martha Martin Martina Martine Marzena Mateusz Mathias Mathieu Matt Matteo
    Matthew Matthias Maureen Maurice Max Maxime Megan Mehmet Meike Melanie Mia Michael Michaela Michal Michel
    Michele Michelle Mick Miguel Mike Mikkel Milan Miriam Mirko Mohamed Mohammed Moira Monica Monika Monique Moritz
    Muhammad Mustafa Nadia Nadine Nancy Natalia Natalie Nathalie Nathan Neil Niamh Nick Nico Nicola Nicolas Nicole
    Niels Nigel Nikos Nils Nina Noah Norbert Nuno Olaf Ole Olga Oliver Olivia Olivier Omar Oskar Otto Pablo Paolo
    Pascal Patricia Patrick Patrizia Paul Paula Paulina Pauline Pavel Pawel Pedro Peggy Per Peter Petr Petra Phil
    Philip Philipp Philippe Pia Piet Pieter Pierre Piotr Rachel Rafael Rafal Rainer Ralf Ralph Ramona Raphael Raquel
    Raymond Rebecca Regina Reinhard Renate René Reto Ricardo Riccardo Richard Rick Rik Rita Rob Robert Roberta
    Roberto Roger Roland Rolf Ronald Ronny Rosa Rosemary Rudi Rudolf Rüdiger Ruben Rupert Russell Ruth Ryan Sabine
    Sabrina Salvatore Sam Samantha Samuel Sandra Sara Sarah Saskia Sean Sebastian Sébastien Sergio Sharon Shaun
    Sigrid Silke Silvia Simon Simona Simone Slawomir Sofie Sonja Sophia Sophie Stan Stefan Stefania Stefanie Steffen
    Steph Stephan Stéphane Stephanie Stephen Steve Steven Stuart Sue Susan Susanne Suzanne Sven Svenja Sylvia Sylvie
    Szymon Tamara Tania Tanja Tatjana Ted Terry Theo Theresa Thierry Thijs Thilo Thomas Thorsten Tim Timo Tina
    Tobias Todd Tom Tomas Tomasz Tony Torsten Tracey Tracy Udo Ulrich Ulrike Ursula Uta Ute Uwe Valentina Valerie
    Vanessa Vera Verena Veronika Viktor Vincent Volker Walter Waltraud Wanda Wendy Werner Wiebke Wilfried Wilhelm
    Willem William Willy Wim Wojciech Wolfgang Wouter Xavier Yannick Yasmin Yusuf Yves Yvonne Zbigniew Zofia Zoe
"""
_KNOWN = frozenset(word for name in _NAMES.split() for word in words(name))


def is_first_name(word: str) -> bool:
    """Whether a word is a common first name, however its marks are written."""
    parts = words(word)
    return bool(parts) and all(part in _KNOWN for part in parts[:1])
