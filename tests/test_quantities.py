"""Figures in news text: the rows of the design's table, the kinds of figure, what is none, what must always hold."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.models import Comparator, Quantity, QuantityKind
from claims.normalisation.quantities import find_quantities

K, C = QuantityKind, Comparator


def only(text: str) -> Quantity:
    found = find_quantities(text)
    assert len(found) == 1, [q.as_written for q in found]
    return found[0]


def short(text: str) -> list[str]:
    """Kind, figure, unit, rate, noun and direction of each quantity, in one string."""
    rows = []
    for q in find_quantities(text):
        figure = f"{q.value:.10g}" if q.value is not None else f"{q.low:.10g}..{q.high:.10g}"
        parts = [q.kind.value, q.comparator.value, figure, q.unit or "-"]
        parts += [f"/{q.per}"] if q.per else []
        parts += [f"of {q.of}"] if q.of else []
        parts += [q.change] if q.change else []
        rows.append(" ".join(parts))
    return rows


INTERVALS = [
    # text, comparator, low, high, low open, high open, as written
    ("The bridge drew 92 protesters.", C.EQUAL, 92, 92, False, False, "92"),
    ("Exactly 92 ballots were spoiled.", C.EQUAL, 92, 92, False, False, "92"),
    ("More than 92% of members agreed.", C.MORE, 92, 100, True, False, "More than 92%"),
    ("Over 92 percent agreed.", C.MORE, 92, 100, True, False, "Over 92 percent"),
    ("Donations >92 million euros were seen.", C.MORE, 92e6, None, True, False, ">92 million euros"),
    ("At least 92 goats escaped.", C.AT_LEAST, 92, None, False, False, "At least 92"),
    ("No fewer than 92 goats escaped.", C.AT_LEAST, 92, None, False, False, "No fewer than 92"),
    ("He owns 92 or more goats.", C.AT_LEAST, 92, None, False, False, "92 or more"),
    ("They own 92-plus goats.", C.AT_LEAST, 92, None, False, False, "92-plus"),
    ("They own 92+ goats.", C.AT_LEAST, 92, None, False, False, "92+"),
    ("The toll is 92 and counting.", C.AT_LEAST, 92, None, False, False, "92 and counting"),
    ("Less than 92 goats escaped.", C.LESS, 0, 92, False, True, "Less than 92"),
    ("Under 92 goats escaped.", C.LESS, 0, 92, False, True, "Under 92"),
    ("At most 92 goats escaped.", C.AT_MOST, 0, 92, False, False, "At most 92"),
    ("Up to 92 goats escaped.", C.AT_MOST, 0, 92, False, False, "Up to 92"),
    ("No more than 92 goats escaped.", C.AT_MOST, 0, 92, False, False, "No more than 92"),
    ("As many as 92 goats escaped.", C.AT_MOST, 0, 92, False, False, "As many as 92"),
    ("About 90 goats escaped.", C.ABOUT, 85, 95, False, False, "About 90"),
    ("Around 900 goats escaped.", C.ABOUT, 850, 950, False, False, "Around 900"),
    ("Roughly 92 goats escaped.", C.ABOUT, 91.5, 92.5, False, False, "Roughly 92"),
    ("Some 300 goats escaped.", C.ABOUT, 250, 350, False, False, "Some 300"),
    ("An estimated 300 goats escaped.", C.ABOUT, 250, 350, False, False, "An estimated 300"),
    ("The crowd numbered ~300 goats.", C.ABOUT, 250, 350, False, False, "~300"),
    ("300 or so goats escaped.", C.ABOUT, 250, 350, False, False, "300 or so"),
    ("Nearly 300 goats escaped.", C.ALMOST, 250, 300, False, True, "Nearly 300"),
    ("Almost 300 goats escaped.", C.ALMOST, 250, 300, False, True, "Almost 300"),
    ("Close to 300 goats escaped.", C.ALMOST, 250, 300, False, True, "Close to 300"),
    ("Between 18 and 20 goats escaped.", C.RANGE, 18, 20, False, False, "Between 18 and 20"),
    ("Some say 18-20 goats escaped.", C.RANGE, 18, 20, False, False, "18-20"),
    ("Herds range from 18 to 20 goats.", C.RANGE, 18, 20, False, False, "from 18 to 20"),
    ("Half of the herd escaped.", C.EQUAL, 50, 50, False, False, "Half"),
    ("A dozen goats escaped.", C.EQUAL, 12, 12, False, False, "A dozen"),
    ("Dozens of goats escaped.", C.RANGE, 24, 100, False, True, "Dozens of"),
    ("Hundreds of goats escaped.", C.RANGE, 200, 1000, False, True, "Hundreds of"),
    ("Tens of thousands of goats escaped.", C.RANGE, 20000, 100000, False, True, "Tens of thousands of"),
    ("Several hundred goats escaped.", C.RANGE, 200, 1000, False, True, "Several hundred"),
]


@pytest.mark.parametrize(("text", "comparator", "low", "high", "low_open", "high_open", "written"), INTERVALS)
def test_intervals_of_the_design(
    text: str, comparator: Comparator, low: float, high: float | None, low_open: bool, high_open: bool, written: str
) -> None:
    q = only(text)
    assert (q.comparator, q.low, q.high, q.low_open, q.high_open) == (comparator, low, high, low_open, high_open)
    assert q.as_written == written


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("It cost $1.9bn.", 1e8),
        ("It has 7 million users.", 1e6),
        ("It has 120 users.", 10),
        ("It rose to 5.0 percent.", 0.1),
        ("It has 2,000 users.", 1000),
        ("It has 2,001 users.", 1),
        ("It has twenty users.", 10),
        ("It has two dozen users.", 12),
        ("It costs 0.25 euros.", 0.01),
    ],
)
def test_written_precision(text: str, precision: float) -> None:
    assert only(text).precision == pytest.approx(precision)


KINDS = [
    # money
    ("The fund holds $1.9tn.", ["money = 1.9e+12 USD"]),
    ("A loan of €3.5 bn was agreed.", ["money = 3500000000 EUR"]),
    ("Police seized Rs 40 crore.", ["money = 400000000 INR"]),
    ("Police seized Rs. 12.5 lakh.", ["money = 1250000 INR"]),
    ("It sold for A$85,000.", ["money = 85000 AUD"]),
    ("It sold for US$85,000 (C$110,000).", ["money = 85000 USD", "money = 110000 CAD"]),
    ("It sold for $US85,000.", ["money = 85000 USD"]),
    ("It sold for 85,000 Swiss francs.", ["money = 85000 CHF"]),
    ("It sold for 9 billion yuan.", ["money = 9000000000 CNY"]),
    ("It sold for 5,000 yen.", ["money = 5000 JPY"]),
    ("It sold for USD10m.", ["money = 10000000 USD"]),
    ("The fee is Rs.500.", ["money = 500 INR"]),
    ("The fee is 20 kr.", ["money = 20 SEK"]),
    ("It sold for 250 EUR.", ["money = 250 EUR"]),
    ("The bill was 40 million pounds.", ["money = 40000000 GBP"]),
    ("A pint costs 99 cents.", ["money = 0.99 USD"]),
    ("Shares closed at 311 pence.", ["money = 3.11 GBP"]),
    ("Shares closed at 118.5p.", ["money = 1.185 GBP"]),
    ("The prize is half a million dollars.", ["money = 500000 USD"]),
    ("It has a million-dollar view.", ["money = 1000000 USD"]),
    ("Fees run to $10-12bn.", ["money range 1e+10..1.2e+10 USD"]),
    ("The suit seeks $75 million in damages.", ["money = 75000000 USD of damages"]),
    ("The deficit was minus $3 million.", ["money = -3000000 USD"]),
    ("The balance was $-50.8bn.", ["money = -5.08e+10 USD"]),
    # counts
    ("The storm left 1.2m people in the dark.", ["count = 1200000 - of people"]),
    ("Half a million people marched.", ["count = 500000 - of people"]),
    ("Two dozen lawmakers signed.", ["count = 24 - of lawmakers"]),
    ("Three hundred and forty-two sheep died.", ["count = 342 - of sheep"]),
    ("Two and a half million voters came.", ["count = 2500000 - of voters"]),
    ("Ten thousand miners walked out.", ["count = 10000 - of miners"]),
    ("There are four to five thousand people.", ["count range 4000..5000 - of people"]),
    ("Seven or eight people came.", ["count range 7..8 - of people"]),
    ("A panel of 14 first-team players met.", ["count = 14 - of first-team players"]),
    ("At least 43 people died and 120 others were hurt.", ["count >= 43 - of people", "count = 120 - of others"]),
    ("Over 200 US companies were hit.", ["count > 200 - of US companies"]),
    ("About 30 judicial and political nominees wait.", ["count ~ 30 - of judicial and political nominees"]),
    ("One study found nothing.", ["count = 1 - of study"]),
    ("One man was held.", ["count = 1 - of man"]),
    ("A 25-member panel met.", ["count = 25 - of member"]),
    ("They list 12 bottles of wine.", ["count = 12 - of bottles of wine"]),
    ("He scored 3 goals per game.", ["count = 3 - /game of goals"]),
    ("About 10 000 people came.", ["count ~ 10000 - of people"]),
    ("They sold 3 million PS5 consoles.", ["count = 3000000 - of PS5 consoles"]),
    ("They did 300,000 Covid-19 tests.", ["count = 300000 - of Covid-19 tests"]),
    ("Electric cars made up 9 out of 100 sales.", ["share = 9 percent of sales"]),
    ("The blast left 3 dead and 27 injured.", ["count = 3 - of dead", "count = 27 - of injured"]),
    ("Herds of 18 - 20 goats are common.", ["count range 18..20 - of goats"]),
    ("The toll:\n-5 miners\n-7 guards", ["count = 5 - of miners", "count = 7 - of guards"]),
    ("They held 37 people, 14 of them minors.", ["count = 37 - of people", "count = 14 - of people"]),
    ("They hold 112 and 98 seats.", ["count = 112 - of seats", "count = 98 - of seats"]),
    ("Cases climbed past 1,200.", ["number > 1200 -"]),
    ("Nearly nine in 10 residents fled.", ["share ~< 90 percent of residents"]),
    ("The gunman, 28, fled.", ["age = 28 year"]),
    # shares, points
    ("More than 90% of voters said yes.", ["share > 90 percent of voters"]),
    ("One in five adults smokes.", ["share = 20 percent of adults"]),
    ("Nine out of ten dentists agree.", ["share = 90 percent of dentists"]),
    ("Two-thirds of households agree.", ["share = 66.66666667 percent of households"]),
    ("A third of the registered voters agree.", ["share = 33.33333333 percent of registered voters"]),
    ("A quarter of pupils agree.", ["share = 25 percent of pupils"]),
    ("Growth of 5 per cent is expected.", ["share = 5 percent up"]),
    ("The rate was cut by 25 basis points.", ["points = 25 basis point down"]),
    ("The error is plus or minus 3 percentage points.", ["points = 3 percentage point"]),
    ("The lead is 3 percentage points.", ["points = 3 percentage point"]),
    ("Between 18 and 20 percent agree.", ["share range 18..20 percent"]),
    ("It may be 18 to 20 percent.", ["share range 18..20 percent"]),
    # changes and levels
    ("Sales rose 5% to 12 million.", ["share = 5 percent up", "count = 12000000 -"]),
    ("Output is up 3 percent.", ["share = 3 percent up"]),
    ("The index is down 4 points to 1,200.5.", ["number = 4 point down", "number = 1200.5 -"]),
    ("The tally fell from 12 to 9.", ["count = 12 -", "count = 9 -"]),
    ("Exports dropped 7% to $2.3 billion.", ["share = 7 percent down", "money = 2300000000 USD"]),
    ("The index fell 204 points, or 0.8 percent.", ["number = 204 point down", "share = 0.8 percent down"]),
    ("A 5% increase is planned.", ["share = 5 percent up"]),
    ("A drop of 0.3 percentage points followed.", ["points = 0.3 percentage point down"]),
    ("Profit more than doubled.", ["ratio > 2 times up"]),
    ("The rate is twice the national average.", ["ratio = 2 times"]),
    ("It is three times larger.", ["ratio = 3 times"]),
    ("Inflation, at 6 percent year on year, fell to 4.", ["share = 6 percent", "count = 4 -"]),
    # measures, rates, durations
    ("It makes 500,000 barrels of oil a day.", ["measure = 500000 barrel /day of oil"]),
    ("It makes 52,000 barrels a day.", ["measure = 52000 barrel /day"]),
    ("It ran at 87 mph (140 km/h).", ["measure = 87 mile per hour", "measure = 140 kilometre per hour"]),
    ("It ran more than 600 miles (965 km).", ["measure > 600 mile", "measure > 965 kilometre"]),
    ("It was -20 C at night.", ["measure = -20 degree celsius"]),
    ("It was 38 degrees Celsius.", ["measure = 38 degree celsius"]),
    ("The hall has 1,520 sq m of floor.", ["measure = 1520 square metre of floor"]),
    ("A magnitude 6.4 earthquake struck.", ["measure = 6.4 magnitude"]),
    ("The 6-foot-6 guard left.", ["measure = 6.5 foot"]),
    ("It has a 7- or 8-inch screen.", ["measure = 7 inch", "measure = 8 inch"]),
    ("It burned 12.3m tonnes of jet fuel.", ["measure = 12300000 tonne of jet fuel"]),
    ("They plan an eight-year path.", ["duration = 8 year"]),
    ("It took three years.", ["duration = 3 year"]),
    ("It was a two-week strike.", ["duration = 2 week"]),
    ("It took half an hour.", ["duration = 0.5 hour"]),
    ("They waited four more years.", ["duration = 4 year"]),
    ("They waited 15-plus years.", ["duration >= 15 year"]),
    ("They pump 2 million bpd.", ["measure = 2000000 barrel /day"]),
    ("It earned 12 cents per diluted share.", ["money = 0.12 USD /share"]),
    ("It is worth $30bn-$35bn.", ["money range 3e+10..3.5e+10 USD"]),
    ("The 4K display has 16GB of RAM.", ["measure = 16 gigabyte of RAM"]),
    ("It emits 95 g/km of CO2.", ["measure = 95 gram /kilometre of CO2"]),
    ("It yields 1,000 W/m2.", ["measure = 1000 watt /square metre"]),
    ("The nail is 4.5\" long.", ["measure = 4.5 inch"]),
    ("The dose was 20 mSv.", ["measure = 20 millisievert"]),
    ("The pressure was 5 bar.", ["measure = 5 bar"]),
    ("It draws 5 A at 12 V.", ["measure = 5 ampere", "measure = 12 volt"]),
    ("It was 104F outside.", ["measure = 104 degree fahrenheit"]),
    ("It costs $21.25 per square foot.", ["money = 21.25 USD /square foot"]),
    ("It costs $15 an hour.", ["money = 15 USD /hour"]),
    ("It is a sub-500 sq m office.", ["measure < 500 square metre"]),
    # ages, ranks, scores
    ("The 34-year-old left.", ["age = 34 year"]),
    ("A woman aged 34 left.", ["age = 34 year"]),
    ("John Smith, 34, left.", ["age = 34 year"]),
    ("Players over the age of 18 may join.", ["age = 18 year"]),
    ("Anyone 18 and above may join.", ["age >= 18 year"]),
    ("Children under 5 enter free.", ["age < 5 year"]),
    ("An 18-month-old girl slept.", ["age = 18 month"]),
    ("She died at the age of 94.", ["age = 94 year"]),
    ("They meet in the sixth round.", ["rank = 6 - of round"]),
    ("He came 10th.", ["rank = 10 -"]),
    ("The motion passed 52-48.", ["score = 48..52 -"]),
    ("They won 3-2 at home.", ["score = 2..3 -"]),
    ("The justices ruled 5 to 4.", ["score = 4..5 -"]),
    ("The board voted by six to three for the move.", ["score = 3..6 -"]),
    ("The motion was rejected by 48 votes to 52.", ["score = 48..52 -"]),
    ("They put 52 votes to 3 percent of the members.", ["count = 52 - of votes", "share = 3 percent of members"]),
    ("He cast 52 votes to help 48 people.", ["count = 52 - of votes", "count = 48 - of people"]),
    # found while reading news of other kinds
    ("Oil is $53.14 a barrel on the market.", ["money = 53.14 USD /barrel"]),
    ("The firm earned 56 cents a share after tax.", ["money = 0.56 USD /share"]),
    ("Births rose to 12 people a year earlier.", ["count = 12 - of people"]),
    ("A screen of 2532 x 1170 pixels glows.", ["measure = 2532 pixel", "measure = 1170 pixel"]),
    ("The pool is 30 by 20 feet.", ["measure = 30 foot", "measure = 20 foot"]),
    ("The headset shows 1440 x 1600 dots.", ["count = 1440 -", "count = 1600 - of dots"]),
    ("It films 1080p at 60fps and 4K at 30fps.", ["measure = 60 frame per second", "measure = 30 frame per second"]),
    ("It pleased 4K people.", ["count = 4000 - of people"]),
    ("The app has 2.4 billion daily active users.", ["count = 2400000000 - of daily active users"]),
    ("All but one of the roughly 100 stations closed.", ["count = 1 - of stations", "count ~ 100 - of stations"]),
    ("They are less than half of 1 percent of the total.", ["share < 0.5 percent of total"]),
    ("Two men spent months in jail.", ["count = 2 - of men"]),
    ("One in five children lives alone.", ["share = 20 percent of children"]),
    ("She is one of the most famous and recognizable singers.",
     ["count = 1 - of famous and recognizable singers"]),
    ("Half of Anna's brown goats died.", ["share = 50 percent of brown goats"]),
    ("He handed over 30 goats.", ["count = 30 - of goats"]),
    ("Many Fortune 500 companies pay.", []),
    ("One shop in six is empty.", ["share = 16.66666667 percent of shop"]),
    ("At least one voter in eight is late.", ["share >= 12.5 percent of voter"]),
    ("The airline ordered 50 A320neo jets.", ["count = 50 - of A320neo jets"]),
    ("Poland will buy 48 F16s and 5 C-130 planes.", ["count = 48 - of F16s", "count = 5 - of C-130 planes"]),
    ("The storm dumped a foot and a half of snow.", ["measure = 1.5 foot of snow"]),
    ("It lies a mile and a half away.", ["measure = 1.5 mile"]),
    ("The surplus narrowed to 23.9 billion euros from 27.1 billion.",
     ["money = 2.39e+10 EUR", "money = 2.71e+10 EUR"]),
    ("Prices are higher than two years ago.", ["duration = 2 year"]),
    ("The rate is higher than 5 percent.", ["share > 5 percent"]),
    ("The pipeline carries 55 bcm of gas.", ["measure = 55 billion cubic metre of gas"]),
    ("Nine people out of 10 said so.", ["share = 90 percent of people"]),
    ("Some 35 more patients out of 100 would live.", ["share ~ 35 percent of patients"]),
    ("She hit 5 shots out of 10 baskets.", ["count = 5 - of shots", "count = 10 - of baskets"]),
    ("He scored one goal in six games.", ["count = 1 - of goal", "count = 6 - of games"]),
    ("He carried it up three flights of stairs.", ["count = 3 - of flights of stairs"]),
    ("She shot a 5-under 67.", []),
    ("The 3 Series starts at $41,250.", ["money = 41250 USD"]),
    ("He woke at three o'clock.", []),
    ("Nearly 1,500 coal- and gas-fired plants run.", ["count ~< 1500 - of coal- and gas-fired plants"]),
    ("The firm raised its prices 3%.", ["share = 3 percent up"]),
    ("The bank cut rates 25 basis points.", ["points = 25 basis point down"]),
    ("The firm cut 30 jobs.", ["count = 30 - of jobs"]),
    ("It has stood empty for more than a decade.", ["duration > 1 decade"]),
    ("It closed after almost a century of use.", ["duration ~< 1 century of use"]),
    ("A century-old mill burned.", ["age = 1 century"]),
    ("It closed in the last decade.", []),
    ("It fell from 12,000 in 1990 to 3,000 today.", ["number = 12000 -", "number = 3000 -"]),
    ("Sales rose from $3 million in 2017 to $4 million.", ["money = 3000000 USD", "money = 4000000 USD"]),
    ("Three-fourths of the voters agree.", ["share = 75 percent of voters"]),
    ("The fourth goat left.", ["rank = 4 - of goat"]),
    ("A 25 member panel met.", ["count = 25 - of member"]),
    ("A 911 call was made.", []),
    ("Prices fell 5 to 7 percent.", ["share range 5..7 percent down"]),
    ("Output fell 0.6% on the month and 1.8% on the year.", ["share = 0.6 percent down", "share = 1.8 percent down"]),
    ("Sales rose 2%, topping the 1.5 percent expected.", ["share = 2 percent up", "share = 1.5 percent"]),
    ("The ice is up to 4 km thick.", ["measure <= 4 kilometre"]),
    ("The cousins, aged 19 and 22, left.", ["age = 19 year", "age = 22 year"]),
    ("The Model S $80,000 trim sold.", ["money = 80000 USD"]),
    ("It fell by 8 mm Hg.", ["measure = 8 millimetre of mercury down"]),
    ("The engine makes 115 PS of power.", ["measure = 115 metric horsepower of power"]),
    ("They made 14 of 38 three-pointers.", ["count = 14 - of three-pointers", "count = 38 - of three-pointers"]),
    ("The particles were no bigger than 2.5 microns.", ["measure <= 2.5 micrometre"]),
    ("They live no further than 70 miles apart.", ["measure <= 70 mile"]),
    ("Use 1/48 of a cup.", ["measure = 0.02083333333 cup"]),
    ("Half of a fluid ounce is 1/16 of a cup.", ["measure = 0.5 fluid ounce", "measure = 0.0625 cup"]),
    ("The shares put on 3 percent.", ["share = 3 percent up"]),
    ("The stock put on 22 sen to RM19.40.", ["money = 0.22 MYR up", "money = 19.4 MYR"]),
    ("The archive takes up 700 GB.", ["measure = 700 gigabyte"]),
    ("The shares gave up 1.2% on Friday.", ["share = 1.2 percent down"]),
    ("The storm dropped 14 inches of rain.", ["measure = 14 inch of rain"]),
    ("The drug cut Covid-19 deaths by 35%.", ["share = 35 percent down"]),
    ("The pound stood at $1.2510 and up 0.2% on the day.", ["money = 1.251 USD", "share = 0.2 percent up"]),
    ("The house sits on a half-acre lot.", ["measure = 0.5 acre"]),
    ("The bank raised its rate by a quarter point.", ["number = 0.25 point up"]),
    ("They arrested men aged 18, 22 and 25.", ["age = 18 year", "age = 22 year", "age = 25 year"]),
    ("Officials put the number of dead at 23.", ["count = 23 -"]),
    ("At 43 she retired.", ["age = 43 year"]),
    ("The room is 4 m x 5 m.", ["measure = 4 metre", "measure = 5 metre"]),
    ("The rug is 8x10 feet.", ["measure = 8 foot", "measure = 10 foot"]),
    ("It makes 7.6 million pounds of thrust.", ["measure = 7600000 pound of thrust"]),
    ("They raised 5 million pounds of public money.", ["money = 5000000 GBP of public money"]),
    ("At least one and maybe two clinics would close.", ["count range 1..2 - of clinics"]),
    (
        "The index rose 0.1% to 1,592.1 points, while the other lost 0.2% to 604.7.",
        ["share = 0.1 percent up", "number = 1592.1 point", "share = 0.2 percent down", "number = 604.7 point"],
    ),
    (
        "We logged 61 calls, against an average of 35 per weekend.",
        ["count = 61 - of calls", "count = 35 - /weekend of calls"],
    ),
    ("It weighs 5,000 short tons.", ["measure = 5000 short ton"]),
    ("The plant pumps 1.2 million b/d.", ["measure = 1200000 barrel /day"]),
    ("The couple, 27 and 29 years old, wed.", ["age = 27 year", "age = 29 year"]),
    ("Taxes of 5 or 10 percent apply.", ["share = 5 percent", "share = 10 percent"]),
    ("It cost the 18- to 24-year-old voters.", ["age range 18..24 year"]),
    ('There are "five or six" Republicans against it.', ["count range 5..6 - of Republicans"]),
    ("The airline ordered 20 Boeing 737 MAX 8 jets.", ["count = 20 - of Boeing 737 MAX 8 jets"]),
    ("They have won 10 in a row.", ["count = 10 -"]),
    ("By a 2-to-1 vote the court agreed.", ["score = 1..2 -"]),
    ("It failed by a 3 to 1 margin.", ["score = 1..3 -"]),
    ("The two teachers unions agreed.", ["count = 2 - of teachers unions"]),
    ("One in five adults smokes.", ["share = 20 percent of adults"]),
    ("The lower 95 percent would pay less.", ["share = 95 percent"]),
    ("Output will expand by a tepid 1.6 percent.", ["share = 1.6 percent up"]),
    ("It raised its British growth forecast by 0.1 percentage points.", ["points = 0.1 percentage point up"]),
    ("It cost a quarter of a million dollars.", ["money = 250000 USD"]),
    ("She wants to learn more about 529 plans.", ["count = 529 - of plans"]),
    ("He wants to sign up 5 million people.", ["count = 5000000 - of people"]),
    ("A device and one captured by a camera were shown.", []),
    ("Even now at 86 she still works.", ["age = 86 year"]),
    ("In 2018 and 10 percent of cases it failed.", ["share = 10 percent of cases"]),
    ("Between 20 and 30 percent agreed.", ["share range 20..30 percent"]),
    ("The debt approaches 9%.", ["share ~< 9 percent"]),
    ("There were 12 and 98 seats.", ["count = 12 - of seats", "count = 98 - of seats"]),
    ("They won 112 and 98 seats.", ["count = 112 - of seats", "count = 98 - of seats"]),
    ("The Audi Q5 2.0 TDI returns 56.5 mpg.", ["measure = 56.5 mile per gallon"]),
    ("The 737-800 can carry 189 passengers.", ["count = 189 - of passengers"]),
    ("He finished with a 2.90 ERA.", ["count = 2.9 - of ERA"]),
    ("The co-op has a .500 record.", ["count = 0.5 - of record"]),
    ("They chased down 265 goats.", ["count = 265 - of goats"]),
    ("Mice lost 20% more weight.", ["share = 20 percent"]),
    ("They ate 10 grams of fiber per 1,000 calories.", ["measure = 10 gram /1,000 calories of fiber"]),
    ("One in every 59 children has it.", ["share = 1.694915254 percent of children"]),
    ("Some 1.2 million goats, or one in 280, have it.", ["count ~ 1200000 - of goats", "share = 0.3571428571 percent"]),
    ("The Senate passed the bill 85-8.", ["score = 8..85 -"]),
    ("It has 300 flats, a third of them empty.", ["count = 300 - of flats", "share = 33.33333333 percent of flats"]),
    ("It sold as few as 40 tickets.", ["count >= 40 - of tickets"]),
    ("They waited close on 50 days.", ["duration ~< 50 day"]),
    ("It drew 300 guests, tops.", ["count <= 300 - of guests"]),
    ("Growth slowed by 3 points.", ["number = 3 point down"]),
    ("Profit was down a third at £4m.", ["share = 33.33333333 percent down", "money = 4000000 GBP"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rows"), KINDS)
def test_kinds(text: str, rows: list[str]) -> None:
    assert short(text) == rows


@pytest.mark.parametrize(
    "text",
    [
        "They met in 2017 and again in 1995.",
        "The 1995 proposal failed.",
        "Emissions should fall below 2005 levels.",
        "They met on September 25, 2017.",
        "They met on 25 September.",
        "They met on Sept. 20-24.",
        "The talks begin at 9:01 p.m. on Monday.",
        "The talks begin at 10 am.",
        "Call 555-123-4567 now.",
        "A Boeing 737 landed.",
        "The G5+1 talks resumed.",
        "Highway 66 is closed.",
        "The iPhone 11 sells well.",
        "They invoked Article 5 of the treaty.",
        "Covid-19 spreads.",
        "It is in the Fortune 500 list.",
        "They installed version 2.4 of the tool.",
        "He lives at 1600 Elm Street.",
        "An F-16 crashed near Room 12.",
        "No one knew which one it was.",
        "Music of the 1990s and 5G phones.",
        "The 21st century began.",
        "The season 2014-15 ended.",
        "It went to 24/7 news.",
        "He grew up in the first half and left in the second half.",
        "The Gang of 14 met.",
        "Published 2019-09-01T10:38:07.190Z",
        "The Second World War ended.",
    ],
)
def test_numbers_that_count_nothing(text: str) -> None:
    assert [q.as_written for q in find_quantities(text)] == []


def test_list_numbers_are_left_out() -> None:
    assert short("1. Open the door.\n2. Feed 30 goats.\n") == ["count = 30 - of goats"]


@pytest.mark.parametrize("quote", ["It was 30' high.", "He said 'they were 30' and left."])
def test_feet_marks_are_told_from_quotation_marks(quote: str) -> None:
    feet = [q for q in find_quantities(quote) if q.unit == "foot"]
    assert bool(feet) == quote.startswith("It")


def test_a_bare_figure_inherits_unit_and_noun_where_the_words_carry_them() -> None:
    assert short("It fell from 12 percent to 9.") == ["share = 12 percent", "share = 9 percent"]
    assert short("6 million homes, including 1.5 million in the north, lost power.") == [
        "count = 6000000 - of homes",
        "count = 1500000 - of homes",
    ]


def test_offsets_are_those_of_the_text_given() -> None:
    text = "\u201cSome\u00a0300 goats\u201d \u2014 and 18\u201320 sheep, worth \u00a39\u00a0million."
    assert [(q.as_written, text[q.start : q.end]) for q in find_quantities(text)] == [
        (w, w) for w in ("Some\u00a0300", "18\u201320", "\u00a39\u00a0million")
    ]


def test_a_character_whose_lower_case_is_longer_shifts_nothing() -> None:
    text = "\u0130\u0130\u0130 sold 300 goats."
    assert only(text).as_written == "300"


def test_a_cap_holds_for_a_share_and_not_for_a_change() -> None:
    assert only("More than 90% of them agree.").high == 100
    assert only("Cases rose by more than 90%.").high is None
    assert only("More than 240 percent of the quota was used.").high is None


# ------------------------------------------------------------------ what must always hold

WORDS = (
    "more than at least about nearly up to between and from to or of the a per cent percent % $ € £ million bn "
    "half third dozen"
    " dozens hundreds thousand one two five twenty first second tenth rose fell by people voters miles km kg "
    "year old aged 34"
    " 18-20 3-2 1,234 5.6 2017 May Monday p.m. - "
    "– \u2019 ' \" ( ) . , ; \n minus -5 +3 1/2 ½ 10th US$ Rs crore m k p C °C / x"
).split(" ")
sentences = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
glued = st.lists(st.sampled_from(WORDS), max_size=20).map("".join)
anything = st.text(st.characters(codec=None), max_size=200)


def check(text: str, found: list[Quantity]) -> None:
    end = 0
    for q in found:
        assert text[q.start : q.end] == q.as_written != ""
        assert q.start >= end
        end = q.end
        assert q.low is None or q.high is None or q.low <= q.high
        assert q.low is not None or q.high is not None
        assert q.precision > 0


@settings(max_examples=300, deadline=None)
@given(st.one_of(sentences, glued, anything))
def test_spans_are_true_ordered_and_intervals_are_not_empty(text: str) -> None:
    check(text, find_quantities(text))


FOLDS = str.maketrans({"-": "\u2013", "'": "\u2019", " ": "\u00a0", '"': "\u201d"})


@settings(max_examples=150, deadline=None)
@given(sentences)
def test_typography_changes_nothing(text: str) -> None:
    plain = [q.model_copy(update={"as_written": "", "of": None}) for q in find_quantities(text)]
    fancy = [q.model_copy(update={"as_written": "", "of": None}) for q in find_quantities(text.translate(FOLDS))]
    assert plain == fancy


@pytest.mark.parametrize(
    "unit", ["1", "1,", "12 ", "one ", "half a ", "-1", "$", "1 to ", "a", "( ", "'", "1-", "\n ", "per "]
)
def test_time_grows_with_length(unit: str) -> None:
    def seconds(count: int) -> float:
        text = unit * count
        begin = time.process_time()
        check(text, find_quantities(text))
        return time.process_time() - begin

    seconds(50)
    small, large = seconds(500), seconds(8000)  # sixteen times the text: far below the square of it
    assert large < 80 * small + 0.1


def test_a_long_text_without_a_line_break() -> None:
    text = "The council met and talked of many things without a figure. " * 20_000
    begin = time.process_time()
    assert find_quantities(text + "At last 30 goats escaped.")[-1].value == 30
    assert time.process_time() - begin < 5


def test_rows_of_bare_numbers_count_nothing() -> None:
    assert find_quantities("12 " * 50) == []
    assert [q.value for q in find_quantities("The sale drew 10 000 people.")] == [10000]
    assert [q.of for q in find_quantities("In 2019 10 000 people came.")] == ["people"]


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("The boat sank some 60 miles off the coast.", None),
        ("The plane went down 40 miles north of the port.", None),
        ("The lake fell 3 metres in a year.", "down"),
    ],
)
def test_a_length_that_says_where_is_no_change(text: str, change: str | None) -> None:
    assert find_quantities(text)[0].change == change
