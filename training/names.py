"""Names from all over, to stand in for those of the data: what the model learns must not hang on who is spoken of."""

from __future__ import annotations

import random

FIRST_NAMES = """
Aaron Abena Adebayo Agnes Ahmed Aiko Aisha Alejandro Alexei Alice Amara Amina Amir Ana Anders Andrei Andrew Angela
Anil Anna Antonio Anwar Arjun Astrid Ayse Beatriz Ben Bilal Bogdan Boris Brian Camille Carlos Carmen Catherine Chen
Chiara Chidi Chloe Claire Claudia Dalia Daniel Daria David Deepak Diana Diego Dmitry Dorothy Elena Eleni Elif Emeka
Emily Emma Enrique Erik Esther Eva Fatima Felix Fernando Fiona Francesca Fumiko Gabriel George Giulia Grace Graham
Guillermo Hamid Hana Harriet Hassan Helen Henrik Hiroshi Hugo Ibrahim Igor Imran Ines Ingrid Irina Isaac Isabel Ivan
Jack Jamal James Jan Jane Javier Jelena Jin Joanna Joao Jorge Jose Juan Julia Kamal Karen Katarina Keiko Kemal Kenji
Khalid Kofi Kwame Lars Laura Layla Lena Leo Li Liam Lucia Luis Mahmoud Malik Marek Maria Mariam Mario Mark Marta Mary
Mei Mehmet Michael Miguel Mihai Min Mohammed Monica Nadia Naomi Natasha Nikolai Nina Noor Olga Oliver Olivia Omar
Oscar Owen Pablo Patricia Paul Pedro Peter Petra Philip Pierre Priya Rachel Rafael Rahul Rajesh Rania Ravi Rebecca
Ricardo Robert Rosa Ruth Said Salma Samir Samuel Sandra Sanjay Sara Sebastian Selim Sergei Shirin Simon Sofia Stefan
Stephen Sunita Susan Svetlana Tariq Tatiana Thabo Thomas Tomasz Tony Uma Valentina Vera Victor Viktor Vladimir Wei
Wendy William Xavier Yael Yasmin Yuki Yusuf Zainab Zeynep Zoe
""".split()

LAST_NAMES = """
Abdullah Abe Achebe Adams Adeyemi Ahmadi Ahmed Akhtar Alvarez Andersen Arslan Asante Atkins Aziz Baker Banerjee Barnes
Becker Ben-David Bennett Bergström Bianchi Bosch Boateng Brown Bukhari Campbell Carvalho Castillo Cerny Chanda Chang
Charles Chaudhry Chen Choi Cohen Collins Costa Cruz Dahl Das Davies Delgado Demir Desai Diaz Dlamini Dubois Dupont
Edwards Eriksen Evans Farah Fernandes Ferrari Fischer Flores Fofana Fraser Fujimoto Garcia Ghosh Goldberg Gomez
Gonzalez Gordon Green Gupta Haddad Haider Hamilton Hansen Harris Hashimoto Hassan Hernandez Hill Hoffmann Horvat
Hughes Hussein Ibrahim Ito Ivanov Jackson Jansen Jensen Johansson Jovanovic Kagame Kamau Kapoor Karimi Kaya Keller
Khalil Khan Kim Kiplagat Klein Kovacs Kowalski Kozlov Kruger Kumar Larsen Laurent Lee Lewis Li Lindqvist Lopez
Lukashenko MacDonald Mahmood Mandela Mansour Marino Martin Martinez Mbeki Mehta Mendes Mensah Meyer Mitchell Mokoena
Moreau Moreno Morgan Mugabe Müller Murphy Mwangi Nakamura Nasser Navarro Ndiaye Nelson Nguyen Nielsen Novak Nowak
O'Brien O'Connor Obi Ochieng Odhiambo Oduya Okafor Okonkwo Oliveira Olsen Omar Osman Ozturk Papadopoulos Park Patel
Pereira Perez Petrov Pham Popescu Popov Quinn Rahman Ramirez Rao Reid Reyes Ricci Richards Rivera Roberts Rodrigues
Romero Rossi Roy Ruiz Saito Salazar Saleh Sanchez Santos Sato Schmidt Schneider Shah Sharif Sharma Silva Simmons Singh
Smirnov Smith Sokolov Stewart Suarez Sultani Suzuki Svensson Takahashi Tan Tanaka Taylor Thompson Torres Toure Traore
Tran Turner Vargas Vasquez Vogel Volkov Walker Wang Watanabe Weber Williams Wilson Wójcik Wong Wright Wu Yamamoto
Yilmaz Yoon Young Yusuf Zhang Zhou Zimmermann
""".split()

PLACES = [
    place.strip()
    for place in """
Afghanistan, Albania, Algeria, Angola, Argentina, Armenia, Australia, Austria, Azerbaijan, Bangladesh, Belarus,
Belgium, Bolivia, Bosnia, Brazil, Britain, Bulgaria, Burkina Faso, Cambodia, Cameroon, Canada, Chile, China, Colombia,
Congo, Costa Rica, Croatia, Cuba, Cyprus, Denmark, Ecuador, Egypt, England, Eritrea, Estonia, Ethiopia, Finland,
France, Georgia, Germany, Ghana, Greece, Guatemala, Haiti, Honduras, Hong Kong, Hungary, Iceland, India, Indonesia,
Iran, Iraq, Ireland, Israel, Italy, Ivory Coast, Jamaica, Japan, Jordan, Kazakhstan, Kenya, Kosovo, Kuwait, Laos,
Latvia, Lebanon, Libya, Lithuania, Malaysia, Mali, Malta, Mexico, Moldova, Mongolia, Morocco, Mozambique, Myanmar,
Nepal, New Zealand, Nicaragua, Niger, Nigeria, North Korea, Norway, Oman, Pakistan, Panama, Peru, Poland, Portugal,
Qatar, Romania, Russia, Rwanda, Saudi Arabia, Scotland, Senegal, Serbia, Singapore, Slovakia, Somalia, South Africa,
South Korea, Spain, Sri Lanka, Sudan, Sweden, Switzerland, Syria, Taiwan, Tanzania, Thailand, Tunisia, Turkey, Uganda,
Ukraine, United Arab Emirates, the United Kingdom, Uruguay, Venezuela, Vietnam, Wales, Yemen, Zambia, Zimbabwe, Abuja,
Aleppo, Amman, Amsterdam, Ankara, Athens, Baghdad, Bangkok, Barcelona, Beijing, Beirut, Belfast, Belgrade, Berlin,
Bogota, Brussels, Budapest, Buenos Aires, Cairo, Canberra, Cape Town, Caracas, Copenhagen, Damascus, Dar es Salaam,
Delhi, Dhaka, Doha, Dubai, Dublin, Edinburgh, Geneva, Hanoi, Harare, Helsinki, Islamabad, Istanbul, Jakarta,
Jerusalem, Kabul, Karachi, Khartoum, Kiev, Kyiv, Lagos, Lima, Lisbon, London, Madrid, Manchester, Manila, Melbourne,
Milan, Minsk, Montreal, Moscow, Mosul, Mumbai, Munich, Nairobi, New Delhi, Oslo, Ottawa, Paris, Prague, Pyongyang,
Riyadh, Rome, Santiago, Sao Paulo, Seoul, Shanghai, Stockholm, Sydney, Tehran, Tel Aviv, Tokyo, Toronto, Tripoli,
Tunis, Vienna, Warsaw, Washington, Gaza, the West Bank, Crimea, Kashmir, Catalonia, Bavaria, Queensland, Ontario,
Punjab, Tigray, Darfur, Donetsk, Idlib, Liverpool, Glasgow, Lyon, Marseille, Naples, Kyoto, Osaka, Rotterdam, Antwerp,
Gdansk
""".split(",")
]

ORGANISATIONS = [
    name.strip()
    for name in """
Al Jazeera, Agence France-Presse, AFP, Reuters, Xinhua, TASS, Interfax, the BBC, the Guardian, the Times of London,
Der Spiegel, Le Monde, El País, Haaretz, the Middle East Eye, Press TV, Al Arabiya, Kyodo, the Daily Mail, the Sun,
Bild, the Hindu, Dawn, the Foreign Ministry, the Defence Ministry, the Finance Ministry, the Health Ministry, the
Interior Ministry, the Home Office, Scotland Yard, the Metropolitan Police, the European Commission, the European
Central Bank, the European Parliament, the Bundestag, the Knesset, the Kremlin, Downing Street, the Élysée, the Duma,
the Lok Sabha, the Diet, the Supreme Court, the High Court, Parliament, the Treasury, the Bank of England, the Federal
Reserve, the World Bank, the IMF, the International Monetary Fund, the United Nations, the UN, NATO, the African
Union, the Arab League, OPEC, UNICEF, UNHCR, the World Health Organization, the WHO, the Red Cross, Amnesty
International, Human Rights Watch, Greenpeace, Oxfam, Save the Children, Transparency International, the OPCW, the
IAEA, Siemens, Volkswagen, Toyota, Samsung, Huawei, Gazprom, Shell, BP, Nestlé, Novartis, Unilever, Airbus, Boeing,
Goldman Sachs, HSBC, Deutsche Bank, Barclays, Tata, Infosys, Alibaba, Tencent, Apple, Amazon, Microsoft, Tesla,
Netflix, Pfizer, AstraZeneca, Ryanair, FIFA, UEFA, the International Olympic Committee, Real Madrid, Manchester
United, Arsenal, Liverpool, Chelsea, Juventus, Bayern Munich, the Premier League, the Lakers, the Yankees, NASA, the
European Space Agency, CERN, Oxford University, Imperial College London, the Max Planck Institute, Nature, the Lancet,
Stanford University, the University of Cape Town, the Labour Party, the Conservative Party, the Christian Democratic
Union, the African National Congress, the Congress Party, Fatah, Hamas, Hezbollah, the Syrian Army, Mossad, Ofcom,
Eurostat, Europol, Interpol, the Office for National Statistics, Lufthansa, Maersk, Ericsson, Nokia, Petrobras, Aramco
""".split(",")
]

# Adjectives and singulars, which may stand in for one another; then plurals.
PEOPLES = """
Afghan African Albanian Algerian American Arab Argentine Armenian Asian Australian Austrian Azerbaijani Bangladeshi
Belgian Bolivian Bosnian Brazilian British Bulgarian Burmese Cambodian Canadian Catalan Chilean Chinese Colombian
Congolese Croatian Cuban Czech Danish Dutch Egyptian English Eritrean Estonian Ethiopian European Filipino Finnish
French Georgian German Ghanaian Greek Haitian Hungarian Icelandic Indian Indonesian Iranian Iraqi Irish Israeli
Italian Jamaican Japanese Jordanian Kazakh Kenyan Korean Kosovar Kurdish Kuwaiti Latino Latvian Lebanese Libyan
Lithuanian Malaysian Mexican Moldovan Mongolian Moroccan Nepalese Nigerian Norwegian Omani Pakistani Palestinian
Persian Peruvian Philippine Polish Portuguese Qatari Romanian Russian Rwandan Saudi Scottish Senegalese Serbian
Singaporean Slovak Somali Soviet Spanish Sudanese Swedish Swiss Syrian Taiwanese Tanzanian Thai Tunisian Turkish
Ugandan Ukrainian Venezuelan Vietnamese Welsh Western Yemeni Zambian Zimbabwean Parisian Hispanic Oromo Azeri Chechen
Basque Tibetan Uyghur Jewish Muslim Islamic Christian Catholic Protestant Orthodox Sunni Shiite Shia Hindu Sikh
Buddhist Mormon Methodist Evangelical Republican Democratic Democrat Conservative Labour Liberal Libertarian Communist
Socialist Nazi Islamist Whig Confederate Marxist Alawite Druze Kazakhstani Anglican Lutheran Presbyterian Baptist
Quaker Nationalist Green Tory Bavarian Texan Californian
""".split()

PEOPLES_PLURAL = """
Afghans Africans Albanians Algerians Americans Arabs Argentines Armenians Asians Australians Austrians Belgians
Bolivians Bosnians Brazilians Britons Bulgarians Canadians Catalans Chileans Colombians Croats Cubans Czechs Danes
Egyptians Eritreans Estonians Ethiopians Europeans Filipinos Finns Georgians Germans Ghanaians Greeks Haitians
Hungarians Indians Indonesians Iranians Iraqis Israelis Italians Jordanians Kenyans Koreans Kurds Kuwaitis Latinos
Hispanics Latvians Libyans Lithuanians Malaysians Mexicans Moroccans Nigerians Norwegians Pakistanis Palestinians
Persians Peruvians Poles Qataris Romanians Russians Rwandans Saudis Scots Serbs Slovaks Somalis Spaniards Swedes
Syrians Tanzanians Thais Tunisians Turks Ugandans Ukrainians Venezuelans Yemenis Zambians Chechens Jews Muslims
Christians Catholics Protestants Sunnis Shiites Hindus Sikhs Buddhists Mormons Evangelicals Methodists Republicans
Democrats Dems Conservatives Liberals Libertarians Communists Socialists Nazis Islamists Whigs Tories Uyghurs Tibetans
Iowans Floridians Ohioans Texans Californians Alawites Oromos Azeris Basques Greens Marxists Nationalists Anglicans
Lutherans Baptists
""".split()

_ONSETS = "b bl br c ch d dr f fr g gr h j k kl kr l m n p pr r s sh st t tr v w y z".split()
_VOWELS = "a a e e i o o u ai ea ou".split()
_CODAS = ["", "", "n", "r", "l", "s", "m", "nd", "rt", "x", "lk", "th"]
_PLACE_ENDINGS = "land ia stan burg ville ton ford port shire grad field abad mouth bridge haven holm".split()
_BODIES = """
Party Times Post Institute Ministry University Council Bank Group Union Agency Court Foundation Herald Corporation
Association Railways Police Airlines Motors
""".split()


def invented(rng: random.Random, label: str) -> str:
    """Return a name that nobody bears: what kind of name it is, only its surroundings tell, or its ending.

    Args:
        rng: The source of chance.
        label: PERSON, PLACE or ORG.

    Returns:
        One word, or two for an organisation.
    """
    syllables = rng.choice((2, 2, 3))
    stem = "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) for _ in range(syllables - 1)) + rng.choice(_CODAS)
    if label == "PLACE" and rng.random() < 0.5:
        return (stem + rng.choice(_PLACE_ENDINGS)).capitalize()
    word = (stem + rng.choice(_VOWELS) + rng.choice(_CODAS)).capitalize()
    return f"{word} {rng.choice(_BODIES)}" if label == "ORG" and rng.random() < 0.7 else word
