using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Protocol;

namespace CleanSync.Infrastructure.Exchange.Diagnosis;

/// <summary>Which entry of the version list fits a server, by what it says of itself.</summary>
internal static class ProposedVersion
{
    /// <summary>The first build of 2013 SP1.</summary>
    private const int Sp1Of2013 = 847;

    /// <summary>Null for a server that the list has no entry for.</summary>
    public static ExchangeVersion? For(EwsServerVersion server) => (server.Major, server.Minor) switch
    {
        (8, >= 1) => ExchangeVersion.Exchange2007SP1,
        (14, 0) => ExchangeVersion.Exchange2010,
        (14, 1) => ExchangeVersion.Exchange2010SP1,
        (14, _) => ExchangeVersion.Exchange2010SP2,
        (15, 0) => server.MajorBuild >= Sp1Of2013 ? ExchangeVersion.Exchange2013SP1 : ExchangeVersion.Exchange2013,
        (15, _) => ExchangeVersion.Exchange2016,
        _ => null,
    };

    /// <summary>The product's own name, for people.</summary>
    public static string Product(EwsServerVersion server) => (server.Major, server.Minor) switch
    {
        (8, _) => "Exchange 2007",
        (14, _) => "Exchange 2010",
        (15, 0) => "Exchange 2013",
        (15, 1) => "Exchange 2016",
        (15, 2) => "Exchange 2019 or Subscription Edition",
        (15, _) => "a newer Exchange, or Exchange Online",
        _ => "an Exchange that CleanSync does not know",
    };
}
