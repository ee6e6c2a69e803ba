using Xunit;

namespace CleanSync.EndToEndTests.Journeys;

/// <summary>
/// The admin's whole journey, from an account that is known to a disconnection, over HTTP and TLS, for every kind of Exchange and of
/// access. Each way to log on is a class of its own, so that they run side by side.
/// </summary>
public abstract class AdminJourneyTests(string scheme)
{
    public static TheoryData<string, string> Rows { get; } =
        [.. from access in Setup.Accesses from version in Setup.Versions select (access, version)];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task From_the_list_of_versions_to_the_disconnection_there_is_no_dead_end(string access, string version)
    {
        await using var office = await Office.Open(new Setup(scheme, access, version), TestContext.Current.CancellationToken);
        await Journey.Connects(office);
        await Journey.LivesOn(office);
        await Journey.Leaves(office);
        await new Leaving(office).LeavesARecordOfAll();
        Assert.Equal(1, office.Contoso.Account.FailedLogons); // the wrong password, once
    }

    [Fact]
    public void Seven_versions_under_both_kinds_of_access_are_fourteen_rows() => Assert.Equal(14, Rows.Distinct().Count());
}

public sealed class BasicAdminJourneyTests() : AdminJourneyTests("Basic");

public sealed class NtlmAdminJourneyTests() : AdminJourneyTests("Ntlm");
