from tests.factories import MembershipFactory


def test_a_person_may_speak_for_two_services_of_one_institution(db, participant):
    roads = MembershipFactory(user=participant, service="Voirie")
    MembershipFactory(
        user=participant, institution=roads.institution, service="Direction de l’eau"
    )

    services = participant.memberships.values_list("service", flat=True)
    assert set(services) == {"Voirie", "Direction de l’eau"}


def test_a_membership_is_named_after_the_service_or_else_the_institution(participant):
    service = MembershipFactory(user=participant, service="Voirie")
    whole = MembershipFactory(user=participant, institution__name="La Ville")

    assert str(service) == "Voirie: Paul"
    assert str(whole) == "La Ville: Paul"
