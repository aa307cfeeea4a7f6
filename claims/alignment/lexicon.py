"""Nouns of everyday news English that may stand for one another where things are counted.

General English only: no word here is peculiar to an event, a person or a place.
"""

from __future__ import annotations

from functools import lru_cache

from claims.alignment.words import term_of

# Persons, by what they are or do: two outlets may count one group under two such names ("61 people", "61 survivors").
_PERSONS = """
people person persons individuals others human humans anybody everyone population public crowd crowds group groups
man men woman women boy boys girl girls child children kid kids infant infants baby babies toddler toddlers teenager
teenagers teen teens youth youths youngster youngsters adolescent adolescents adult adults elderly senior seniors
pensioner pensioners retiree retirees
family families parent parents mother mothers father fathers wife husband spouse couple couples
brother brothers sister sisters son sons daughter daughters relative relatives orphan orphans widow widows
resident residents inhabitant inhabitants villager villagers citizen citizens national nationals native natives
islander islanders neighbour neighbours neighbor neighbors tenant tenants homeowner homeowners householder householders
dweller dwellers local locals newcomer newcomers
migrant migrants immigrant immigrants refugee refugees evacuee evacuees asylum-seeker deportee deportees exile exiles
worker workers employee employees staff staffer staffers labourer labourers laborer laborers miner miners builder
builders engineer engineers technician technicians mechanic mechanics driver drivers pilot pilots crew crews
crewman crewmen sailor sailors seaman seamen fisherman fishermen farmer farmers rancher ranchers grower growers
seamstress seamstresses cleaner cleaners cook cooks waiter waiters clerk clerks cashier cashiers manager managers
executive executives director directors official officials inspector inspectors agent agents guard guards
contractor contractors trader traders dealer dealers broker brokers banker bankers analyst analysts economist economists
teacher teachers lecturer lecturers professor professors academic academics scientist scientists researcher researchers
scholar scholars student students pupil pupils schoolchild schoolchildren undergraduate undergraduates graduate
graduates learner learners freshman freshmen kindergartner kindergartners principal principals librarian librarians
doctor doctors physician physicians surgeon surgeons nurse nurses midwife midwives medic medics paramedic paramedics
patient patients carer carers caregiver caregivers
victim victims life lives survivor survivors casualty casualties dead wounded injured fatality fatalities body bodies
corpse corpses
passenger passengers commuter commuters traveller travellers traveler travelers rider riders tourist tourists visitor
visitors guest guests holidaymaker holidaymakers motorist motorists cyclist cyclists pedestrian pedestrians
climber climbers mountaineer mountaineers hiker hikers skier skiers swimmer swimmers diver divers camper campers
customer customers client clients consumer consumers shopper shoppers subscriber subscribers user users buyer buyers
borrower borrowers investor investors shareholder shareholders depositor depositors taxpayer taxpayers member members
soldier soldiers troop troops serviceman servicemen servicewoman servicewomen marine marines officer officers general
generals recruit recruits conscript conscripts reservist reservists fighter fighters combatant combatants
militant militants rebel rebels insurgent insurgents guerrilla guerrillas gunman gunmen militiaman militiamen commando
commandos peacekeeper peacekeepers veteran veterans mercenary mercenaries
police policeman policemen policewoman deputy deputies constable constables trooper troopers detective detectives
firefighter firefighters fireman firemen rescuer rescuers lifeguard lifeguards responder responders
prisoner prisoners captive captives inmate inmates detainee detainees hostage hostages suspect suspects defendant
defendants convict convicts offender offenders criminal criminals attacker attackers hijacker hijackers smuggler
smugglers fugitive fugitives thief thieves
voter voters elector electors candidate candidates delegate delegates lawmaker lawmakers legislator legislators senator
senators congressman congressmen councillor councillors minister ministers governor governors mayor mayors judge judges
juror jurors lawyer lawyers attorney attorneys prosecutor prosecutors diplomat diplomats ambassador ambassadors
protester protesters demonstrator demonstrators marcher marchers striker strikers picket pickets activist activists
campaigner campaigners supporter supporters opponent opponents volunteer volunteers participant participants attendee
attendees spectator spectators fan fans mourner mourners onlooker onlookers witness witnesses well-wisher well-wishers
player players athlete athletes runner runners competitor competitors contestant contestants winner winners
believer believers worshipper worshippers pilgrim pilgrims priest priests bishop bishops parishioner parishioners
donor donors recipient recipients beneficiary beneficiaries claimant claimants applicant applicants respondent
respondents signatory signatories listener listeners viewer viewers reader readers journalist journalists reporter
reporters actor actors artist artists musician musicians writer writers author authors
expert experts observer observers colleague colleagues friend friends stranger strangers
"""

# One line, one thing that may be counted under each of its words, though they are no synonyms.
_KIN = """
trip flight journey voyage visit tour crossing
concert show date performance gig appearance screening
signature name
home house household property building dwelling structure residence apartment flat
shop store outlet branch location restaurant
job post position worker employee staff role
town village city community settlement municipality district
case infection illness patient people person
charge count offence offense crime felony violation
death life body people person fatality dead
missile rocket shell bomb drone projectile
shot round bullet gunshot
seat lawmaker member district
dose shot jab vaccination vaccine
account user profile customer
email message letter document record file page
car vehicle truck lorry bus van
plane jet aircraft helicopter
boat ship vessel ferry
acre hectare land
ticket seat admission
game match fixture
goal point
site location facility plant factory
firm company business employer
country nation state
tree plant
dog cat animal pet
"""

# One line, one role: who stands on two of these lines is not one group, though both are persons.
_ROLES = """
soldier troop police officer deputy commando peacekeeper marine policeman
rebel militant insurgent guerrilla gunman attacker hijacker fighter combatant
civilian villager bystander pedestrian
teacher professor lecturer principal
student pupil child schoolchild
doctor nurse physician surgeon medic
patient
passenger commuter traveller rider
crew sailor pilot driver
prisoner inmate detainee hostage captive
guard rescuer firefighter
judge juror
voter elector
candidate lawmaker senator delegate minister
customer client consumer shopper
"""
# Things that share a term with the persons of them (householders, voters), and are counted more often.
_THINGS = "homes studies debts attacks votes elections courts"
_PERSON_TERMS = frozenset(t for t in map(term_of, _PERSONS.split()) if t) - frozenset(map(term_of, _THINGS.split()))


def _lines(table: str) -> dict[str, frozenset[int]]:
    """Term → the lines of a table that hold it."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(table.strip().splitlines()):
        for term in map(term_of, line.split()):
            if term:
                found.setdefault(term, set()).add(number)
    return {term: frozenset(lines) for term, lines in found.items()}


_LINES = _lines(_KIN)
_ROLE_LINES = _lines(_ROLES)
_NONE: frozenset[int] = frozenset()


_PERSON_WORDS = frozenset(_PERSONS.split())


def is_person(word: str) -> bool:
    """The word itself, in lower case, is a noun for persons."""
    return word in _PERSON_WORDS


@lru_cache(maxsize=50_000)
def persons(terms: frozenset[str]) -> bool:
    """One of the terms stands for persons."""
    return not terms.isdisjoint(_PERSON_TERMS)


@lru_cache(maxsize=50_000)
def kin(a: frozenset[str], b: frozenset[str]) -> bool:
    """What one of the terms of `a` names may be counted under one of `b`: flights and trips."""
    lines = _NONE.union(*(_LINES.get(t, _NONE) for t in a))
    return any(not lines.isdisjoint(_LINES.get(t, _NONE)) for t in b)


@lru_cache(maxsize=50_000)
def other_role(a: frozenset[str], b: frozenset[str]) -> bool:
    """Both name persons by their role, and not by one: rebels and soldiers."""
    one = _NONE.union(*(_ROLE_LINES.get(t, _NONE) for t in a))
    two = _NONE.union(*(_ROLE_LINES.get(t, _NONE) for t in b))
    return bool(one) and bool(two) and one.isdisjoint(two)
