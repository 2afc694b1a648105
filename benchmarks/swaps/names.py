"""The names that are exchanged: each row of a table holds the same forms of another bearer."""

from __future__ import annotations

COUNTRIES = tuple(
    tuple(row.split(","))
    for row in """
Russia,Russian,Russians,Moscow
Syria,Syrian,Syrians,Damascus
Iran,Iranian,Iranians,Tehran
Iraq,Iraqi,Iraqis,Baghdad
Germany,German,Germans,Berlin
Italy,Italian,Italians,Rome
Canada,Canadian,Canadians,Ottawa
Australia,Australian,Australians,Canberra
Mexico,Mexican,Mexicans,Mexico City
Cuba,Cuban,Cubans,Havana
Ukraine,Ukrainian,Ukrainians,Kyiv
Israel,Israeli,Israelis,Jerusalem
Egypt,Egyptian,Egyptians,Cairo
India,Indian,Indians,New Delhi
Pakistan,Pakistani,Pakistanis,Islamabad
Afghanistan,Afghan,Afghans,Kabul
Libya,Libyan,Libyans,Tripoli
Norway,Norwegian,Norwegians,Oslo
Kenya,Kenyan,Kenyans,Nairobi
Brazil,Brazilian,Brazilians,Brasilia
Cambodia,Cambodian,Cambodians,Phnom Penh
Indonesia,Indonesian,Indonesians,Jakarta
Hungary,Hungarian,Hungarians,Budapest
Nigeria,Nigerian,Nigerians,Abuja
""".split("\n")
    if row
)
"""Country, adjective, people, capital: countries whose adjective and word for one of its people are the same."""

UNLIKE = tuple(
    tuple(row.split(","))
    for row in """
France,French,Paris
China,Chinese,Beijing
Japan,Japanese,Tokyo
Portugal,Portuguese,Lisbon
Vietnam,Vietnamese,Hanoi
Lebanon,Lebanese,Beirut
""".split("\n")
    if row
)
"""Country, adjective, capital: countries whose people have no word of the adjective's form."""

UNIONS = (
    ("United States", "U.S.", "US", "America", "American", "Americans", "Washington"),
    ("United Kingdom", "U.K.", "UK", "Britain", "British", "Britons", "London"),
)
"""Two countries with forms that only the other has."""

PARTIES = (
    ("Republican Party", "Democratic Party"),
    ("Republicans", "Democrats"),
    ("RNC", "DNC"),
    ("Conservatives", "Liberals"),
    ("Labour", "Plaid"),
    ("GOP", "SPD"),
)
"""Pairs; "Republican" is exchanged by what follows it, since "Democrat" and "Democratic" are two words."""

OUTLETS = (
    ("CNN", "NBC"),
    ("ABC", "CBS"),
    ("MSNBC", "CNBC"),
    ("BBC", "NPR"),
    ("AFP", "DPA"),
    ("Associated Press", "Canadian Press"),
    ("Reuters", "Bloomberg"),
    ("New York Times", "Boston Globe"),
    ("Washington Post", "Chicago Tribune"),
    ("Wall Street Journal", "Houston Chronicle"),
    ("Los Angeles Times", "Miami Herald"),
    ("Fox News", "Sky News"),
    ("USA Today", "Daily Mail"),
    ("Politico", "Breitbart"),
    ("Guardian", "Independent"),
    ("Press TV", "Sky TV"),
    ("Al Jazeera", "Middle East Eye"),
    ("Huffington Post", "Daily Beast"),
)
"""Pairs of outlets, each with as many words of the same sort as may be."""

MALE = tuple(
    "James John Robert Michael William David Richard Joseph Thomas Charles Daniel Matthew Anthony Mark Donald Steven "
    "Paul Andrew Joshua Kenneth Kevin Brian George Timothy Ronald Edward Jason Jeffrey Ryan Jacob Gary Nicholas Eric "
    "Jonathan Stephen Larry Justin Scott Brandon Benjamin Samuel Gregory Frank Patrick Raymond Jack Dennis Jerry Tyler "
    "Aaron Henry Adam Peter Nathan Douglas Zachary Kyle Walter Ethan Jeremy Harold Carl Keith Roger Gerald Terry Sean "
    "Arthur Austin Noah Lawrence Jesse Joe Bryan Billy Bruce Albert Willie Gabriel Alan Juan Wayne Roy Ralph Randy "
    "Eugene Vincent Russell Louis Philip Bobby Johnny Bradley Ted Jeb Marco Ben Mike Tim Bill Tom Jim Bob Dan".split()
)
FEMALE = tuple(
    "Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Nancy Lisa Betty Margaret Sandra Ashley "
    "Kimberly Emily Donna Michelle Carol Amanda Melissa Deborah Stephanie Rebecca Sharon Laura Cynthia Kathleen Amy "
    "Shirley Angela Helen Anna Brenda Pamela Nicole Emma Samantha Katherine Christine Debra Rachel Catherine Carolyn "
    "Janet Ruth Maria Heather Diane Virginia Julie Joyce Victoria Olivia Kelly Christina Lauren Joan Evelyn Judith "
    "Megan Cheryl Andrea Hannah Martha Jacqueline Frances Gloria Ann Teresa Kathryn Sara Janice Jean Alice Madison "
    "Doris Abigail Julia Judy Grace Denise Amber Marilyn Beverly Danielle Theresa Sophia Marie Diana Brittany Natalie "
    "Isabella Charlotte Rose Alexis Kayla Hillary Carly Huma Donna Nikki Ida Mona Carla Jane Kate Sue".split()
)
"""First names that English news takes for a man's or a woman's; "same" and "other" gender go by these lists."""

PRONOUNS = (("he", "she"), ("himself", "herself"), ("he's", "she's"), ("he’s", "she’s"), ("he'd", "she'd"))
"""Pairs; "her" stands for two words and is exchanged by its part of speech."""

NOUNS = (
    ("man", "woman"),
    ("men", "women"),
    ("boy", "girl"),
    ("father", "mother"),
    ("son", "daughter"),
    ("brother", "sister"),
    ("husband", "wife"),
    ("spokesman", "spokeswoman"),
    ("chairman", "chairwoman"),
    ("congressman", "congresswoman"),
    ("businessman", "businesswoman"),
    ("gentleman", "lady"),
    ("king", "queen"),
    ("actor", "actress"),
)
"""Pairs of words that show a gender."""
