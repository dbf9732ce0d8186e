"""Every place that opens a gate for all rows: file, reason, how often. Kept by hand; a new one needs a thought.

Each shows nobody anything (or only what its reason says). See `ClosedQuerySet.unrestricted`.
"""

ALLOWED: dict[str, dict[str, int]] = {
    "consent/actions.py": {
        "does this adult still count?": 1,
        "the young person's head, for the adult beside": 1,
        "what this party answered last": 1,
        "whose yes beside a young person ended with their role": 1,
    },
    "consent/asking.py": {
        "does this person say yes, at this moment?": 2,
        "which purposes a process uses": 1,
    },
    "consent/guardians.py": {
        "a second click makes nothing new": 2,
        "the row itself, held while it is written": 1,
        "whether child and adult take part now": 1,
    },
    "consent/hosting/querysets.py": {
        "in which groups does somebody sit?": 1,
        "the adults beside those one may ask": 1,
        "whom does the coordinator invite?": 1,
        "whose answers, under pseudonyms": 1,
    },
    "consent/hosting/recording.py": {
        "what this party answered last, before something is written down for them": 2,
    },
    "consent/hosting/sheets.py": {
        "a second click prints nothing new": 1,
        "held while it is keyed in": 1,
    },
    "consent/known.py": {
        "is the chain whole?": 3,
    },
    "consent/ledger.py": {
        "a second click makes nothing new": 1,
        "is the chain whole?": 3,
        "the head of a person's own chain": 4,
        "which text was answered?": 1,
        "who answers for the process": 1,
        "whose key seals the name of a witness": 1,
    },
    "consent/personal_data.py": {
        "somebody leaves: what is theirs goes": 4,
        "the person's own file": 7,
    },
    "consent/querysets.py": {
        "a person's own answers, and which purposes their processes use": 1,
        "does the adult beside still take part?": 1,
        "one's own answers, written down by somebody else": 1,
        "when somebody took part for the last time": 1,
        "who takes part now: a yes ends with it": 2,
        "whose host am I?": 1,
    },
    "consent/removing.py": {
        "somebody's records go, because they leave or the time is up": 3,
    },
    "consent/research_end.py": {
        "which yes to research has run out; nothing is shown": 2,
    },
    "consent/restored.py": {
        "was a yes taken back after the backup was taken?": 2,
    },
    "consent/retention.py": {
        "what is kept no longer; nothing is shown": 2,
    },
    "consent/setup.py": {
        "the process, held while it is chosen": 1,
    },
    "followup/actions.py": {
        "a second click makes nothing new": 4,
        "has this case been answered? nothing is shown": 1,
        "may somebody else take over what one who left had promised?": 1,
        "one's own row": 2,
        "the same row, held while it is written": 1,
    },
    "followup/archive.py": {
        "an operator hands the authority what it has received": 1,
        "an operator names a process": 1,
    },
    "followup/arriving.py": {
        "one case for each copy": 1,
        "was it answered before its author takes it back?": 1,
        "was it received before its author takes it back?": 1,
        "what others wrote under a case that goes stays theirs": 1,
        "where it comes from decides which side it is shown on; nothing else is read": 2,
    },
    "followup/personal_data.py": {
        "somebody leaves: what is theirs goes": 3,
        "somebody leaves: what they gave stays without their name": 3,
        "the person's own file": 3,
        "was it answered or received before its author leaves?": 1,
    },
    "followup/querysets.py": {
        "was it answered? nothing is shown": 1,
    },
    "followup/receiving.py": {
        "the copy itself, held while it is noted": 1,
        "a second click makes nothing new": 1,
        "did those who were asked say yes?": 7,
        "one's own answer is written over": 1,
        "the group whose piece it is, to ask it": 1,
        "the name that stood on the board": 1,
        "the same row, held while it is written": 1,
        "what the copy is about": 1,
        "which organisation answers for it: a sign on a door": 1,
        "whose words they are, to ask them": 1,
    },
    "followup/receiving_personal_data.py": {
        "somebody leaves: what is theirs goes": 1,
        "somebody leaves: what they gave stays without their name": 2,
        "the person's own file": 2,
        "what stays with the authority is told before somebody leaves": 1,
    },
    "followup/retention.py": {
        "what is kept no longer; nothing is shown": 8,
    },
    "gatherings/actions.py": {
        "a second click makes nothing new": 1,
        "one's own answer is written over": 1,
        "the gathering itself, held while it is written about": 1,
        "written anew by those who plan": 1,
    },
    "gatherings/after.py": {
        "a second click makes nothing new": 1,
        "marked by a host of the gathering": 1,
    },
    "gatherings/minutes.py": {
        "a second click makes nothing new": 1,
        "which pieces minutes quote, never the words": 4,
    },
    "gatherings/people.py": {
        "how many, by side, without names": 2,
    },
    "gatherings/personal_data.py": {
        "somebody leaves: what is theirs goes": 5,
        "the person's own file": 4,
    },
    "gatherings/querysets.py": {
        "citizens of the groups that this host is a host of": 1,
        "who the hosts are": 1,
    },
    "gatherings/retention.py": {
        "what is kept no longer; nothing is shown": 8,
    },
    "inputs/actions.py": {
        "a second click makes nothing new": 1,
        "has it been carried over?": 1,
        "the writer's own slip of the pen": 1,
    },
    "inputs/personal_data.py": {
        "the person's own file": 1,
    },
    "leaving/again.py": {
        "who had left and came back with a backup": 4,
    },
    "leaving/doing.py": {
        "somebody leaves, by their own wish": 7,
        "whoever has the form's own key": 1,
    },
    "leaving/finding.py": {
        "whoever has the code on the receipt": 2,
    },
    "leaving/helping.py": {
        "a request to leave that hosts wrote down": 3,
        "since when somebody has sat in a group: whether its hosts know them": 1,
    },
    "leaving/pausing.py": {
        "one's own pause": 1,
    },
    "leaving/personal_data.py": {
        "somebody leaves: what is theirs goes": 1,
        "the person's own file": 1,
    },
    "leaving/retention.py": {
        "who has taken part in nothing for long; nothing is shown": 3,
    },
    "leaving/scope.py": {
        "which processes somebody can leave: their own, also those they once were in": 1,
    },
    "people/actions.py": {
        "a second click makes nothing new": 1,
        "somebody who is here already is invited to one more process": 1,
        "the example names its persons": 1,
        "the one whose address it is": 1,
    },
    "people/jobs.py": {
        "what is out of date is removed": 5,
    },
    "people/vouching.py": {
        "who registered whom": 1,
    },
    "people/querysets.py": {
        "where somebody first took part; nothing is shown": 1,
        "who takes part with one now, and in which roles; nothing is shown": 1,
    },
    "people/management/commands/personas.py": {
        "the persons of the example": 1,
    },
    "people/management/commands/second_factor_reset.py": {
        "an operator resets a second factor": 1,
    },
    "people/personal_data.py": {
        "somebody leaves: what is theirs goes": 4,
        "the person's own file": 9,
    },
    "people/signin/backend.py": {
        "the session's own person": 1,
    },
    "people/signin/cards.py": {
        "a card ends": 1,
        "cards that nobody took in use are replaced": 1,
        "signing in: the holder of a code is looked up by its digest": 3,
        "whether a PIN was chosen by a link today": 1,
        "whether a new card is on its first day": 1,
    },
    "people/signin/emailcodes.py": {
        "signing in: an address is looked up by its digest": 3,
        "the person whose code it was": 1,
    },
    "people/signin/factor.py": {
        "an operator resets it": 2,
        "signing in: the person's own second factor": 6,
        "whether a host signs in by e-mail": 1,
    },
    "people/signin/links.py": {
        "signing in: a link is looked up by its digest": 3,
    },
    "people/signin/rescue.py": {
        "what was kept for the same person before": 1,
    },
    "people/signin/sessions.py": {
        "a card ends": 1,
        "the sign-in keeps the person's own sessions": 5,
    },
    "people/signin/steps.py": {
        "somebody on their way in": 1,
    },
    "processes/actions.py": {
        "a second click makes nothing new": 1,
        "is the person already in?": 1,
        "the process itself, held while it is written": 1,
        "which addresses are taken": 1,
    },
    "processes/keeping/actions.py": {
        "a second click makes nothing new": 5,
    },
    "processes/keeping/closings.py": {
        "what goes when a process is over; nothing is shown": 3,
    },
    "processes/keeping/job.py": {
        "the job that warns and takes away; nothing is shown": 4,
    },
    "processes/keeping/lengths.py": {
        "how long things are kept; nothing is shown": 3,
    },
    "processes/keeping/research.py": {
        "the last day of the research; nothing else is read": 2,
    },
    "processes/personal_data.py": {
        "somebody leaves: what is theirs goes": 3,
        "the person's own file": 3,
    },
    "processes/querysets.py": {
        "a process where one takes part: `found_with_seats` has looked": 1,
        "head counts by side, never who": 1,
        "is there another coordinator? nothing is shown": 1,
        "who is not waited for": 1,
    },
    "research/actions.py": {
        "a number instead of a name, the same every time": 1,
        "the citizens whose group's words were opened are told": 1,
    },
    "research/personal_data.py": {
        "somebody leaves: what is theirs goes": 3,
        "the person's own file": 2,
    },
    "rooms/actions.py": {
        "a second click makes nothing new": 4,
        "the author takes the copies back": 1,
        "the piece itself, held while it is written": 1,
    },
    "rooms/beginning.py": {
        "were the rooms made by the first click?": 1,
    },
    "rooms/decisions.py": {
        "a second click makes nothing new": 1,
        "another decision's key opens nothing": 1,
        "does the group decision take effect?": 10,
        "one's own answer is written over": 1,
    },
    "rooms/door.py": {
        "everybody is asked anew": 1,
        "is everybody ready?": 1,
        "one's own answer is written over": 1,
        "the door itself": 2,
        "the doors of the process, only open or not": 1,
        "whether the service has done its part, never the words": 1,
    },
    "rooms/finding.py": {
        "the coordinator deals out seats": 1,
    },
    "rooms/gone.py": {
        "was somebody taken out by others? nobody is shown": 6,
    },
    "rooms/personal_data.py": {
        "somebody leaves: what is theirs goes": 4,
        "somebody leaves: what they gave stays without their name": 2,
        "the person's own file": 5,
    },
    "rooms/querysets.py": {
        "does the group wait for one's own answer? nothing is read": 1,
        "does the host come with the service?": 1,
        "from which side somebody speaks, for the researcher": 1,
        "has every citizen of the group said yes?": 1,
    },
    "rooms/readers.py": {
        "everyone can see who can read what they made": 3,
        "how many are held back, never which": 1,
    },
    "rooms/retention.py": {
        "what is kept no longer; nothing is shown": 10,
    },
    "rooms/case_power.py": {
        "seats that power over cases shuts somebody out of": 1,
        "where somebody first took part; nothing is shown": 1,
    },
    "rooms/seating.py": {
        "a second click makes nothing new": 1,
        "has everybody said yes?": 1,
        "has the group begun? nothing is read": 1,
        "one's own answer is written over": 1,
        "the citizens whose yes counts": 1,
        "was somebody who said no taken out?": 1,
        "who sits where, to keep the rules of seats": 10,
    },
    "rooms/standing.py": {
        "the walls themselves: what the signed-in person may read": 4,
    },
    "web/desk/keeping.py": {
        "the lengths an organisation has chosen: no person's things": 1,
    },
    "web/desk/log.py": {
        "the log names a process by its sign": 1,
    },
    "web/firstrun.py": {
        "is the installation empty?": 1,
    },
    "web/management/commands/retention.py": {
        "the operator sees how many go from which process, never what": 1,
    },
    "web/privacy/facts.py": {
        "which organisations answer for something: signs on doors": 1,
    },
}
