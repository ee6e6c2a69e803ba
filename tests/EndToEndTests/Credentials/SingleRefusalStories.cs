using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Faults;
using Xunit;

namespace CleanSync.EndToEndTests.Credentials;

/// <summary>A right password is answered with 401 now and then. One that worked a moment ago is tried once more, alone.</summary>
public sealed class SingleRefusalStories : AccountStories
{
    private const string InDoubt = "urn:cleansync:logon-is-in-doubt";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("Basic")]
    [InlineData("Ntlm")]
    public async Task A_right_password_that_is_refused_once_pauses_everything_until_one_lone_call_works(string scheme)
    {
        var integration = await Begun(scheme);
        Assert.Equal(InDoubt, await Refused());
        var sent = Here.Exchange.Requests.Count();
        Assert.Equal(InDoubt, await Sync());
        var why = await Api.Ok(HttpMethod.Get, "staff/anna/why?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z");
        Assert.Equal("logon-in-doubt", why["heldUpBy"]!["rule"]!.GetValue<string>());
        var meanwhile = await Api.Integration(integration);
        Assert.Equal("Active", meanwhile["status"]!.GetValue<string>());
        Assert.Contains("refused the logon", meanwhile["statusReason"]!.GetValue<string>(), StringComparison.Ordinal);
        var traffic = await Api.Ok(HttpMethod.Get, $"integrations/{integration}/traffic");
        Assert.Equal("logon-is-in-doubt", traffic["problem"]!.GetValue<string>());
        Assert.Equal(Clock.GetUtcNow() + Pause, traffic["pausedUntil"]!.GetValue<DateTimeOffset>(), TimeSpan.FromSeconds(1));
        Clock.Advance(Pause - TimeSpan.FromSeconds(1));
        Assert.Equal(InDoubt, await Sync());
        Assert.Equal(sent, Here.Exchange.Requests.Count());

        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("", await Sync());
        var after = await Api.Integration(integration);
        Assert.Equal(("Active", null, 1), (after["status"]!.GetValue<string>(), after["statusReason"]?.GetValue<string>(), Warned(after)));
        Assert.Equal("logon-was-refused-once", after["logonWarning"]!["code"]!.GetValue<string>());
        Assert.Equal((0, 1), (Failed, Account(Here).MisjudgedLogons));
        Clock.Advance(TimeSpan.FromHours(25));
        Assert.Null((await Api.Integration(integration))["logonWarning"]);
    }

    [Fact]
    public async Task A_password_that_is_refused_again_stops_the_integration_and_counts_as_one_wrong_password()
    {
        var integration = await Begun();
        Account(Here).Password = "Changed-8";
        Assert.Equal(InDoubt, await Sync());
        Clock.Advance(Pause);
        Assert.Equal("urn:cleansync:credential-refused", await Sync());
        Assert.Equal("CredentialRefused", await Status(integration));
        Clock.Advance(TimeSpan.FromMinutes(1));
        await Sync();
        Assert.Equal(2, Failed);
        await Api.Ok(HttpMethod.Put, $"integrations/{integration}/password", new { password = "Changed-8" }); // one more may be tried
        Assert.Equal("", await Sync());
    }

    [Fact]
    public async Task Three_times_within_an_hour_it_is_tried_again_and_the_fourth_refusal_stops_the_integration()
    {
        var integration = await Begun();
        for (var i = 1; i <= 3; i++)
        {
            Assert.Equal(InDoubt, await Refused());
            Clock.Advance(Pause);
            Assert.Equal("", await Sync());
            Assert.Equal(i, Warned(await Api.Integration(integration)));
            Clock.Advance(TimeSpan.FromMinutes(8));
            Assert.Equal("", await Sync());
        }

        Assert.Equal("urn:cleansync:credential-refused", await Refused());
        Assert.Equal("CredentialRefused", await Status(integration));
        await Api.Authorize(integration);
        Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal("", await Sync());
        Assert.Equal(InDoubt, await Refused());
    }

    [Fact]
    public async Task What_never_worked_or_not_for_ten_minutes_is_tried_once()
    {
        var integration = await Begun();
        Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("urn:cleansync:credential-refused", await Refused());
        Assert.Equal("CredentialRefused", await Status(integration));

        // A new password is not the one that worked a moment ago.
        await Api.Authorize(integration);
        await Api.Ok(HttpMethod.Post, $"integrations/{integration}/pause", new { reason = "Update" });
        await Api.Ok(HttpMethod.Put, $"integrations/{integration}/password", new { password = Organisation.Password });
        await Api.Ok(HttpMethod.Post, $"integrations/{integration}/resume");
        Assert.Equal("urn:cleansync:credential-refused", await Refused());
    }

    [Theory]
    [InlineData("locked out")]
    [InlineData("ErrorPasswordExpired")]
    [InlineData("ErrorPasswordChangeRequired")]
    [InlineData("ErrorAccountDisabled")]
    public async Task A_definite_refusal_stops_the_integration_at_once(string word)
    {
        var integration = await Begun();
        if (word == "locked out")
        {
            Here.Exchange.Organisation.LockoutAfter = 1;
            Account(Here).Password = "Changed-8";
        }
        else
        {
            Here.Exchange.Faults.Next(new Fault.Soap(word));
        }

        Assert.NotEqual(InDoubt, await Sync());
        Assert.Equal("CredentialRefused", await Status(integration));
        var sent = Here.Exchange.Requests.Count();
        Clock.Advance(Pause);
        await Sync();
        Assert.Equal(sent, Here.Exchange.Requests.Count());
    }

    [Fact]
    public async Task The_pause_holds_over_a_restart_and_ends_after_it()
    {
        var integration = await Begun();
        Assert.Equal(InDoubt, await Refused());
        await Restart();
        var sent = Here.Exchange.Requests.Count();
        Assert.Equal(InDoubt, await Sync());
        Assert.Equal(sent, Here.Exchange.Requests.Count());
        Clock.Advance(Pause);
        Assert.Equal("", await Sync());
        Assert.Equal(1, Warned(await Api.Integration(integration)));
    }

    [Fact]
    public async Task A_restart_keeps_what_worked_a_moment_ago()
    {
        await Begun();
        await Restart();
        Assert.Equal(InDoubt, await Refused());
    }

    [Fact]
    public async Task A_new_password_and_an_authorization_end_the_pause_at_once()
    {
        var integration = await Begun();
        Assert.Equal(InDoubt, await Refused());
        await Api.Authorize(integration);
        Assert.Equal("", await Sync());

        Account(Here).Password = "Changed-8";
        Assert.Equal(InDoubt, await Sync());
        await Api.Ok(HttpMethod.Put, $"integrations/{integration}/password", new { password = "Changed-8" });
        Assert.Equal("", await Sync());
        Assert.Null((await Api.Integration(integration))["statusReason"]);
    }

    [Fact]
    public async Task An_authorization_during_the_pause_that_is_refused_stops_the_integration()
    {
        var integration = await Begun();
        Account(Here).Password = "Changed-8";
        Assert.Equal(InDoubt, await Sync());
        Assert.Equal("urn:cleansync:credential-refused", await Problem(HttpMethod.Post, $"integrations/{integration}/authorize"));
        Assert.Equal("CredentialRefused", await Status(integration));
    }

    [Fact]
    public async Task A_booking_waits_for_the_pause_and_is_written_once()
    {
        var integration = await Begun();
        Account(Here).MisjudgesNext = 1;
        var start = Clock.GetUtcNow().AddDays(3);
        var appointment = await Api.Book(start, 1, "anna");
        await Eventually.Until("it waits", async () => (await Api.Appointment(appointment))["copies"]![0]!["nextTryAt"] is not null, Ct);
        Assert.NotNull((await Api.Integration(integration))["statusReason"]);
        Assert.Empty(Here.Mailbox("anna").Calendar);
        Clock.Advance(Pause);
        await Api.Sync("anna");
        Assert.Single(Here.Mailbox("anna").Calendar);
        Assert.Equal("Written", (await Api.Appointment(appointment))["copies"]![0]!["state"]!.GetValue<string>());
    }

    private async Task<Guid> Begun(string scheme = "Basic")
    {
        var integration = await Api.Begin(Here, "anna", scheme);
        if (scheme == "Ntlm") await Restart(); // or the connection is logged on already
        return integration;
    }

    /// <summary>The problem of a pass whose logon the server misjudges.</summary>
    private async Task<string> Refused()
    {
        Account(Here).MisjudgesNext = 1;
        return await Sync();
    }

    private async Task<string> Sync() => (await Api.TrySync("anna")).Body?["type"]?.GetValue<string>() ?? "";

    private async Task<string> Status(Guid integration) => (await Api.Integration(integration))["status"]!.GetValue<string>();

    private static int? Warned(JsonNode integration) => integration["logonWarning"]?["count"]?.GetValue<int>();
}
