using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Api;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.EndToEndTests.LifeCycle;
using CleanSync.ExchangeSimulator.Autodiscover;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace CleanSync.EndToEndTests.Journeys;

/// <summary>
/// Every password that is entered on the journey is searched for, in every form, in all that CleanSync wrote or said at the lowest log
/// level.
/// </summary>
public sealed class PasswordNowhereTests : IDisposable
{
    private const string Old =
        "Zürich-&-Łódź-4711-<\"+/",
        New = "Plain/ASCII+secret=0815 &7",
        Wrong = "Falsches-Paßwort-2342",
        Searched = "Typed-for-a-search-5555",
        Diagnosed = "Geprüft-vor-dem-Speichern-6666",
        Misplaced = "Misplaced-secret-7777";
    private static readonly string[] Told =
        ["logs", "traces", "metrics", "answers", "problems", "audit log"], Files = ["cleansync.db", "cleansync.db-wal", "cleansync.db-shm"];
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private readonly Overheard overheard = new();
    private readonly TemporaryFolder data = new();

    private static IEnumerable<Needle> Needles =>
        new[] { Old, New, Wrong, Searched, Diagnosed, Misplaced }.Select(
            secret => new Needle($"the password {secret[..2]}…", secret, DiscoverableExchange.User));

    public void Dispose()
    {
        overheard.Dispose();
        data.Dispose();
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Ntlm")]
    public async Task No_password_is_in_the_database_the_logs_the_traces_the_metrics_an_answer_or_the_audit_log(string scheme)
    {
        await using (var office = await Open(scheme))
        {
            await Mistakes(office);
            await Journey.Connects(office);
            overheard.Keep(data.Files());
            await Journey.LivesOn(office);
            overheard.Keep(data.Files());
            await Journey.Leaves(office);
            await office.Api.AuditLog();
            overheard.Keep(data.Files());
        }

        overheard.Keep(data.Files());
        Assert.Empty(overheard.Find(Needles));
        Assert.Empty(Told.Concat(Files).Except(overheard.Places)); // it searched everywhere
    }

    [Fact]
    public async Task What_is_planted_in_any_of_these_places_is_found_there()
    {
        await using var office = await Open("Basic");
        var (api, settings) = (office.Api, new Connecting(office));
        await settings.FindsTheAddress();
        office.Entered.Remove("password");
        Assert.Empty(overheard.Find(Needles));

        var logger = office.Host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("planted");
        using (logger.BeginScope("{Scope}", New)) logger.LogTrace(new InvalidOperationException(Searched), "{Value}", Old);
        using (var source = new ActivitySource("planted")) source.StartActivity("planted")!.SetTag("password", Old).Dispose();
        using (var meter = new Meter("planted")) meter.CreateCounter<long>("planted")
            .Add(1, KeyValuePair.Create<string, object?>("password", Old));
        await api.Ok(
            HttpMethod.Put, $"appointments/{await api.Book(Days.Tomorrow, 1, "anna")}/details", new { title = "Haircut", notes = Wrong });
        await api.Send(HttpMethod.Get, $"staff/{Uri.EscapeDataString(Diagnosed)}");
        var named = office.Entered.DeepClone();
        (
            named["displayName"],
            named["password"],
            named["useImpersonation"],
            named["showEventTitles"],
            named["horizonMonths"],
            named["reminderMinutes"]) = (Misplaced, "another", true, true, 12, 15);
        await api.Ok(HttpMethod.Post, "integrations", named);
        await api.AuditLog();
        overheard.Keep(data.Files());

        var found = overheard.Find(Needles);
        Assert.Empty(Told.Append("cleansync.db-wal").Except(found.Select(f => f.Place)));
        var logged = found.Where(f => f.Place == "logs").Select(f => f.Form).ToList();
        // as a value, in a scope, in an exception
        Assert.All(new[] { Old, New, Searched }, secret => Assert.Contains($"the password {secret[..2]}…, plain, UTF-8", logged));
    }

    [Theory]
    [InlineData("Authorization: Basic c3ZjLWJvb2tpbmdAY29udG9zby5leGFtcGxlOlR5cGVkLWZvci1hLXNlYXJjaC01NTU1")]
    [InlineData("WHsicGFzc3dvcmQiOiJUeXBlZC1mb3ItYS1zZWFyY2gtNTU1NSJ9")]
    [InlineData("54797065642D666F722D612D7365617263682D35353535")]
    [InlineData("a=1&p=Typed-for-a-search-5555&b=2")]
    [InlineData("T\0y\0p\0e\0d\0-\0f\0o\0r\0-\0a\0-\0s\0e\0a\0r\0c\0h\0-\05\05\05\05\0")]
    public void A_secret_is_found_in_any_form(string written)
    {
        overheard.Note("logs", $"before {written} after");
        Assert.NotEmpty(overheard.Find(Needles));
    }

    [Theory]
    [InlineData("Z\\u00FCrich-\\u0026-\\u0141\\u00F3d\\u017A-4711-\\u003C\\u0022\\u002B/")]
    [InlineData("Z%C3%BCrich-%26-%C5%81%C3%B3d%C5%BA-4711-%3C%22%2B%2F")]
    [InlineData("z%c3%bcrich-%26-%c5%81%c3%b3d%c5%ba-4711-%3c%22%2b%2f")]
    [InlineData("Zürich-&amp;-Łódź-4711-&lt;\"+/")]
    public void So_is_one_that_is_not_ASCII(string written)
    {
        overheard.Note("answers", $"before {written} after");
        Assert.NotEmpty(overheard.Find(Needles));
    }

    private Task<Office> Open(string scheme) =>
        Office.Open(new Setup(scheme, "Impersonation", "Exchange2016"), overheard, data, (Old, Wrong, New), ct);

    /// <summary>A search and a diagnosis with a wrong password, and requests that cannot be understood.</summary>
    private static async Task Mistakes(Office office)
    {
        await new Connecting(office).FindsTheAddress();
        var search = office.Entered.DeepClone().AsObject();
        search.Remove("serverAddress");
        search["password"] = Searched;
        Assert.Null((await office.Api.Ok(HttpMethod.Post, "server-discoveries", search))["serverAddress"]);

        JsonObject With(string field, JsonNode value)
        {
            var body = office.Entered.DeepClone().AsObject();
            (
                body["displayName"],
                body["useImpersonation"],
                body["showEventTitles"],
                body[field]) = (Disconnecting.DisplayName, true, true, value);
            return body;
        }

        Assert.Equal("Logon", (await office.Api.Ok(HttpMethod.Post, "integrations/diagnosis", With("password", Diagnosed))).Text("cause"));
        // a logon that works ends the count of wrong ones
        (search["password"], search["tryAnyway"]) = (office.Entered["password"]!.DeepClone(), true);
        await office.Api.Ok(HttpMethod.Post, "server-discoveries", search);
        foreach (var (field, value) in new (string, JsonNode)[] { ("password", new JsonArray(Misplaced)), ("useImpersonation", "x"),
            ("authentication", "x"), ("serverAddress", "x"), ("displayName", ""), ("horizonMonths", 99) })
        {
            var body = With("password", Misplaced);
            body[field] = value;
            Assert.Equal(400, (int)(await office.Api.Send(HttpMethod.Post, "integrations", body)).Status);
        }
    }
}
