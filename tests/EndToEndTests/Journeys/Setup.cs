using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator;
using CleanSync.ExchangeSimulator.Autodiscover;
using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.EndToEndTests.Journeys;

/// <summary>One row of the journey: how the account logs on, how it reaches the calendars, and which Exchange there is.</summary>
/// <param name="Version">As the list of versions names it, such as Exchange2010SP1.</param>
internal sealed record Setup(string Scheme, string Access, string Version)
{
    public static readonly string[] Accesses = ["Impersonation", "Delegate"];

    public static readonly string[] Versions =
        ["Exchange2007SP1", "Exchange2010", "Exchange2010SP1", "Exchange2010SP2", "Exchange2013", "Exchange2013SP1", "Exchange2016"];

    public bool Impersonates => Access == "Impersonation";

    public string VersionName => Version.Replace(
        "Exchange",
        "Exchange ",
        StringComparison.Ordinal).Replace("SP", " SP", StringComparison.Ordinal);

    /// <summary>An organisation of exactly this kind, found through Autodiscover, reachable over TLS only.</summary>
    public async Task<DiscoverableExchange> Exchange(CancellationToken ct)
    {
        var chosen = Enum.GetValues<ExchangeVersion>().Single(v => v.ToString().Replace("_", "", StringComparison.Ordinal) == Version);
        var options = new SimulatorOptions { SupportedVersions = Enum.GetValues<ExchangeVersion>().Where(v => v <= chosen).ToHashSet() };
        var contoso = await DiscoverableExchange.StartAsync(options, ct);
        contoso.Network.Publish("mail.contoso.example");
        contoso.Host("autodiscover.contoso.example").OffersSoap = chosen > ExchangeVersion.Exchange2007_SP1; // Exchange 2007 has POX only
        foreach (var member in new[] { "anna", "bert" }) contoso.Exchange.Organisation.AddMailbox(Organisation.Address(member));
        if (!Impersonates) GiveFolderRights(contoso);
        return contoso;
    }

    /// <summary>What pushing needs at least, and what most admins give.</summary>
    private static void GiveFolderRights(DiscoverableExchange contoso)
    {
        var organisation = contoso.Exchange.Organisation;
        organisation.RevokeImpersonation(contoso.Account);
        organisation.GrantFolderRights(contoso.Account, Organisation.Address("anna"), FolderLevel.Author);
        organisation.GrantFolderRights(contoso.Account, Organisation.Address("bert"), FolderLevel.Editor);
        foreach (var member in new[] { "anna", "bert" })
            organisation.GrantFolderRights(contoso.Account, Organisation.Address(member), FolderLevel.Contributor, "deleteditems");
    }
}
