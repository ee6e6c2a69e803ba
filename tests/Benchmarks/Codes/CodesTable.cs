using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.ResponseCodes;
using CleanSync.Infrastructure.Exchange.Translation;
using CleanSync.Model;

namespace CleanSync.Benchmarks.Codes;

/// <summary>Writes the tables of response codes into docs/exchange.md, from the code and from Microsoft's list beside this file.</summary>
internal static class CodesTable
{
    private const string Page = "docs/exchange.md", List = "tests/Benchmarks/Codes/ResponseCodes.txt";
    private const string Begin = "<!-- Made by: dotnet run --project tests/Benchmarks -c Release -- codes -->",
        End = "<!-- End of what is made. -->";

    public static async Task<int> Run(string[] args)
    {
        if (args.Length > 1)
        {
            await Console.Error.WriteLineAsync("usage: codes");
            return 2;
        }

        var path = Path.Combine(RepositoryRoot.Path, Page);
        await File.WriteAllTextAsync(path, Renewed(await File.ReadAllTextAsync(path)));
        Console.WriteLine($"{Page} names {Codes().Count} response codes, {ResponseCodeWords.All.Count} of them in rows of their own.");
        return 0;
    }

    /// <summary>The page with its tables as they should be.</summary>
    public static string Renewed(string page)
    {
        var (begin, end) = (page.IndexOf(Begin, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        if (begin < 0 || end < begin) throw new InvalidOperationException($"{Page} lacks the marks between which the tables stand.");
        return $"{page[..(begin + Begin.Length)]}\n\n{Text()}\n{page[end..]}";
    }

    /// <summary>Every code that the schemas of Exchange know.</summary>
    public static IReadOnlyList<string> Codes() => File.ReadAllLines(Path.Combine(RepositoryRoot.Path, List));

    private static string Text()
    {
        var rest = Codes().Where(c => ResponseCodeWords.Find(c) is null).ToLookup(CodeGroup.Of);
        return string.Join('\n', [
            "| code | reach | means | told as | what to do |",
            "|---|---|---|---|---|",
            .. ResponseCodeWords.All.Select(w => $"| `{w.Code}` | {Reach(w.Code)} | {w.Meaning} | `{ToldAs(w.Code)}` | {w.Remedy} |"),
            "",
            $"The rest of Microsoft's list. {CodeGroup.Remedy}",
            "",
            "| group | reach | means | codes |",
            "|---|---|---|---|",
            .. CodeGroup.All.Where(g => rest[g].Any())
            .Select(g => $"| {g.Name} | {Reach(rest[g].First())} | {g.Meaning} | {Names(rest[g])} |"),
            "",
        ]);
    }

    private static string Names(IEnumerable<string> codes) => string.Join(' ', codes.Select(c => $"`{c}`"));

    private static string Reach(string code) => code == "NoError" ? "none" : RetryMatrix.Reach(code) switch
    {
        Application.Syncing.Calendars.FailureReach.BackOff => "back-off",
        var reach => reach.ToString().ToLowerInvariant(),
    };

    /// <summary>The code of the words that the admin reads.</summary>
    private static string ToldAs(string code) =>
        FaultTranslator.FromCode(EwsError.From(code, null, null), Example.Server, "anna@contoso.example").Refusal.Code;

    private static ExchangeIntegration Example { get; } = new()
    {
        Id = Guid.Empty,
        DisplayName = "",
        ServerAddress = new Uri("https://mail.contoso.example/EWS/Exchange.asmx"),
        Trust = ServerTrust.OfTheMachine,
        Authentication = AuthenticationType.Ntlm,
        Account = new ServiceAccount("svc-booking@contoso.example", [], 1),
        ExchangeVersion = ExchangeVersion.Exchange2016,
        UseImpersonation = true,
        ShowEventTitles = false,
    };
}
