using CleanSync.Domain.ExchangeIntegrations;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations;

public sealed record ListExchangeVersions : IRequest<ExchangeVersionList>
{
    private static readonly OfferedVersion[] Names =
    [
        new(ExchangeVersion.Exchange2007SP1, "Exchange 2007 SP1"),
        new(ExchangeVersion.Exchange2010, "Exchange 2010"),
        new(ExchangeVersion.Exchange2010SP1, "Exchange 2010 SP1"),
        new(ExchangeVersion.Exchange2010SP2, "Exchange 2010 SP2"),
        new(ExchangeVersion.Exchange2013, "Exchange 2013"),
        new(ExchangeVersion.Exchange2013SP1, "Exchange 2013 SP1"),
        new(ExchangeVersion.Exchange2016, "Exchange 2016"),
    ];

    /// <summary>The whole list: it is the same everywhere.</summary>
    public static ExchangeVersionList Offered { get; } = new(
        Names,
        [
            "Exchange 2019 and later, Subscription Edition included: choose Exchange 2016.",
            "A server that receives cumulative updates: choose the newest entry of its year.",
        ]);

    /// <summary>A version as people know it.</summary>
    public static string NameOf(ExchangeVersion version) => Names.Single(n => n.Value == version).Name;

    internal sealed class Handler : IRequestHandler<ListExchangeVersions, ExchangeVersionList>
    {
        public Task<ExchangeVersionList> Handle(ListExchangeVersions query, CancellationToken ct) => Task.FromResult(Offered);
    }
}

/// <param name="Notes">What to choose when the server's own name is not in the list.</param>
public sealed record ExchangeVersionList(IReadOnlyList<OfferedVersion> Versions, IReadOnlyList<string> Notes);

public sealed record OfferedVersion(ExchangeVersion Value, string Name);
