"""Invented people and companies of many countries, the same each time: what the leak check must not find by chance."""

from __future__ import annotations

import random
from collections.abc import Iterator

from heard.leaks.secret import Kind, Secret

_FIRST = """
Aaliyah Aarav Abdul Adam Adele Adrian Agata Agnes Ahmed Aiko Aisha Akira Alan Albert Alejandra Aleksander Alessia
Alexandra Alfonso Alice Amara Amélie Amir Anastasia Anders Andrea Andrzej Anika Anna Antoine Anton Aoife Arjun Arne
Arthur Astrid August Aurelia Axel Ayşe Barbara Bartosz Beatriz Benedikt Bernd Birgit Björn Bogdan Bruno Camille
Carlos Carmen Catarina Cécile Chiara Chloe Christoph Ciarán Claire Clara Conrad Cristina Dagmar Daniel Daria Davide
Deepak Denise Diego Dieter Dmitri Dominik Dorothea Edith Eduardo Eero Ekaterina Elena Elif Elisabeth Emil Emma
Enrico Erik Esther Eva Fabian Fatima Felix Fernanda Filip Florence Francesca Frank Frédéric Freya Friedrich Gabriel
Georg Gerda Giovanni Grace Greta Grzegorz Gunnar Gustav Hana Hannah Hans Harald Heidi Heike Helena Henrik Hiroshi
Holger Hugo Ida Ignacio Igor Ilse Ines Ingrid Irina Isabel Ivan Jacob Jakub Jana Jasmin Javier Jens Joanna Johan
Jonas Jörg Joséphine Juan Julia Jürgen Kai Kamila Karin Karl Katarzyna Kavita Keiko Kenji Khalid Kirsten Klaus
Konstantin Krzysztof Lars Laura Léa Leila Lena Leon Liam Lina Livia Lorenzo Luca Lucía Ludwig Luis Łukasz Magda Maja
Malik Manuel Marco Marek Margit Maria Marius Mark Markus Marta Martin Mateusz Matteo Maud Max Mehmet Mei Melanie Mia
Michał Miguel Mikael Milan Mira Mohamed Monika Nadia Nils Nina Noah Nora Olga Oliver Omar Oskar Otto Pablo Paolo
Patrik Paula Pavel Pedro Petra Philippe Pia Piotr Priya Rafael Rahul Raj Ravi Rebecca Renate Ricardo Rosa Rose Ruth
Ryan Sabine Samira Sandra Sara Sébastien Selma Sergei Silvia Simon Sofia Sonja Søren Stefan Susanne Sven Tadeusz
Tamara Tatjana Thea Thomas Tobias Tomás Ulrike Umberto Ursula Valentina Vera Viktor Vincent Viola Will Wojciech
Xavier Yara Yusuf Yvonne Zofia Zuzana
"""
FIRST = _FIRST.split()

_LAST = """
Abbott Åberg Adeyemi Aguilar Ahlström Akhtar Albrecht Almeida Álvarez Andersson Antonov Appel Arslan Auer Bachmann
Baker Balogun Banerjee Barbosa Bauer Baumgartner Becker Beckmann Belov Benítez Bennett Berger Bergström Bernard
Bianchi Björk Blanc Böhm Bondarenko Borg Bouchard Brandt Braun Brennan Brown Bruun Çelik Carvalho Castillo
Chatterjee Chavez Christensen Clarke Cohen Colombo Conti Costa Cruz Czarnecki Dąbrowski Dahl Dalgaard Delacroix
Demir Desai Diaz Dietrich Dimitrov Doyle Dubois Dufour Dvořák Ebner Eder Ekström Engel Eriksen Esposito Fabre Farkas
Fernández Ferrari Fiala Fischer Fitzgerald Fontaine Forsberg Franke Friis Fuchs Fujimoto Gallagher García Gashi
Gautier Geiger Ghosh Giordano Girard Gomes Graf Gray Greco Green Grünwald Gruber Gupta Gustafsson Haas Hagen Hakim
Halvorsen Hansen Hartmann Hashimoto Haugen Heikkinen Heinrich Henriksen Hernández Herrmann Hill Hoang Hofer
Holmström Horvat Hruška Huang Huber Hughes Ibrahim Iglesias Inoue Ivanova Jäger Jansen Janssen Jankowski Jensen
Jiménez Johansson Jovanović Jung Kaiser Kaminski Kapoor Karlsson Kaufmann Kaya Keller Khan Kim King Kirchner Klein
Knudsen Koch Koivisto Kovačević Kowalczyk Kowalski Kozak Krämer Krause Kristensen Krüger Kubo Kuhn Kumar Kurz
Lachance Lambert Lang Larsen Lefebvre Lehmann Leitner Lindberg Lindqvist Lombardi Long López Lorenz Löwe Ludwig Lund
Mäkinen Malik Mancini Marchetti Marek Mårtensson Martínez Matsuda May Mazur Mehta Meier Mendes Mercier Meyer Moretti
Morin Moser Müller Murphy Nagy Nakamura Navarro Nguyen Nielsen Nieminen Nikolaidis Noor Novák Nowak Nyström O'Brien
O'Connor Oliveira Olsen Ortega Östlund Ott Øvergaard Papadopoulos Park Patel Pavlov Pedersen Pellegrini Pereira
Perrin Petersen Petrenko Petrov Pfeiffer Pichler Pohl Popescu Prieto Quinn Rao Rasmussen Reinhardt Reyes Ricci
Richter Riedl Rinaldi Rivera Roche Romano Rossi Roth Rousseau Ruiz Russo Rybak Saito Salazar Sandberg Santos Sato
Schäfer Scherer Schmid Schneider Scholz Schreiber Schröder Schulz Schwarz Seidel Sharma Siddiqui Silva Simić Singh
Sjöberg Skov Śliwa Smit Sokolov Solberg Sommer Sørensen Soto Stein Steiner Stone Strand Suzuki Svensson Szabó
Takahashi Tanaka Thomsen Tkachenko Toivonen Torres Tran Tremblay Tsang Uzun Vaillant Vargas Varga Vasquez Veldkamp
Villeneuve Virtanen Vogel Volkov Wagner Walsh Wang Weber Weiss Werner West White Wieczorek Winkler Winter Wiśniewski
Wolf Wood Wójcik Wright Yamamoto Yang Yıldız Young Zając Zeman Zhang Ziegler Zimmermann
"""
LAST = _LAST.split()

_TOWNS = """
Aarhus Antwerp Arnhem Augsburg Basel Bergen Bologna Bremen Bristol Brno Cork Dresden Dundee Eindhoven Esbjerg
Freiburg Galway Gdańsk Ghent Graz Haarlem Innsbruck Kiel Kraków Leeds Leipzig Liège Linz Lübeck Lugano Lyon Maribor
Modena Münster Nantes Odense Oulu Porto Poznań Rostock Salzburg Tampere Trieste Turku Uppsala Utrecht Valencia
Verona Vilnius Zwolle
"""
TOWNS = _TOWNS.split()
_TRADES = """
Logistics Packaging Foods Fördertechnik Analytics Robotics Bearings Instruments Timber Shipping Dental Catering
Refrigeration Textiles Automation Brewery Plastics Fasteners Optics Consulting
"""
TRADES = _TRADES.split()
_FORMS = "GmbH Ltd AG AS Oy BV SAS Inc AB S.r.l. GmbH&Co.KG LLC"
FORMS = _FORMS.split()
_SOUNDS = "ka lo ven tri nor dex mar sol vi qua zen ra tel bru fin or pla ny cor hel"
_SYLLABLES = _SOUNDS.split()


def persons(number: int, seed: int = 1) -> Iterator[str]:
    """So many different full names."""
    chance = random.Random(seed)
    names: dict[str, None] = {}
    while len(names) < number:
        names[f"{chance.choice(FIRST)} {chance.choice(LAST)}"] = None
    return iter(names)


def companies(number: int, seed: int = 2) -> Iterator[str]:
    """So many different companies, in the shapes that companies' names have."""
    chance = random.Random(seed)
    names: dict[str, None] = {}
    shapes = (
        lambda: f"{chance.choice(LAST)} & {chance.choice(LAST)}",
        lambda: f"{chance.choice(TOWNS)} {chance.choice(TRADES)}",
        lambda: f"{chance.choice(LAST)} {chance.choice(TRADES)}",
        lambda: "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(3, 4))).title(),
    )
    while len(names) < number:
        names[f"{chance.choice(shapes)()} {chance.choice(FORMS)}"] = None
    return iter(names)


def secrets(number_of_persons: int, number_of_companies: int, *, rest: bool = False) -> list[Secret]:
    """Secrets of these people and companies; with `rest` also name words, domains, addresses and numbers."""
    chance = random.Random(3)
    found: list[Secret] = []

    def add(kind: Kind, text: str) -> None:
        found.append(Secret(f"{len(found):06x}", kind, text))

    for name in persons(number_of_persons):
        add(Kind.PERSON, name)
        if rest:
            for word in name.split():
                add(Kind.NAME_WORD, word)
            add(
                Kind.PHONE,
                f"+{chance.choice((1, 33, 44, 49, 358))} {chance.randint(20, 99)} {chance.randint(10**6, 10**8)}",
            )
    for name in companies(number_of_companies):
        add(Kind.ACCOUNT, name)
        if rest:
            host = "".join(c for c in name.lower() if c.isascii() and c.isalnum())
            add(Kind.DOMAIN, f"{host}.example")
            add(Kind.EMAIL, f"office@{host}.example")
    return found
