using Xunit;

namespace CleanSync.EndToEndTests.Journeys;

/// <summary>The admin's whole journey, from an account that is known to a disconnection, over HTTP and TLS, for every kind of Exchange and of access.</summary>
public sealed class AdminJourneyTests
{
    public static TheoryData<string, string, string> Rows { get; } =
        [.. from scheme in Setup.Schemes from access in Setup.Accesses from version in Setup.Versions select (scheme, access, version)];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task From_the_list_of_versions_to_the_disconnection_there_is_no_dead_end(string scheme, string access, string version)
    {
        await using var office = await Office.Open(new Setup(scheme, access, version), TestContext.Current.CancellationToken);
        await Journey.Connects(office);
        await Journey.LivesOn(office);
        await Journey.Leaves(office);
        await new Leaving(office).LeavesARecordOfAll();
        Assert.Equal(1, office.Contoso.Account.FailedLogons); // the wrong password, once
    }

    [Fact]
    public void There_are_28_rows() => Assert.Equal(28, Rows.Count);
}
