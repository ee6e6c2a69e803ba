using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>Answers of a server, and of what stands before it, that are not what was asked for.</summary>
public sealed class OddAnswerStories() : OfficeStory("anna", "bert")
{
    private protected override CleanSyncHost Host { get; } = new CleanSyncHost()
        .With("Sync:CallTimeout", "00:00:02").With("Sync:AttemptGrace", "00:00:00.2").With("Scheduling:PushInterval", "00:00:00.2");

    private protected override Task Begin() => Task.CompletedTask;

    [Fact]
    public async Task A_create_that_is_answered_by_somebody_elses_answer_is_looked_up_and_there_is_one_copy()
    {
        await Api.Begin(Exchange, "anna");
        Exchange.Exchange.Faults.Next(new Fault.StrayAnswer(), "CreateItem");
        var booked = await Api.Book(Tomorrow.AddHours(9), 1, "anna");
        await Eventually.Until("its outcome is known", async () => (await State(booked)) is "Written" or "Confirmed", Ct);
        Assert.Single(Exchange.Mailbox("anna").Calendar);
        Assert.Equal(1, Exchange.Exchange.Requests.Count("CreateItem"));
    }

    [Fact]
    public async Task An_address_that_is_not_the_primary_one_is_a_warning_that_names_the_primary()
    {
        Exchange.Exchange.Organisation.AddAddress(Organisation.Address("anna"), Organisation.Address("anna.alias"));
        Exchange.Exchange.Organisation.WantsPrimaryAddresses = true;
        var integration = await Api.Connect(Exchange.Exchange.EwsUrl);
        await Api.Link(integration, "anna", Organisation.Address("anna.alias"));
        await Api.Authorize(integration);
        await Api.TrySync("anna");
        var link = await Api.Staff("anna");
        Assert.Contains("Warning", link["health"]?.ToJsonString() ?? link.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("mailbox-address-is-not-primary", link.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("anna@contoso.example", link.ToJsonString(), StringComparison.Ordinal);

        await Api.Link(integration, "anna");
        await Api.Sync("anna");
    }

    [Theory]
    [InlineData(404, "MailboxGuidWithDomainNotFound", null)]
    [InlineData(302, null, "/owa/auth/errorFE.aspx?httpCode=500")]
    public async Task A_front_end_that_did_not_get_through_to_one_mailbox_stops_nobody_else_and_passes(int status, string? code,
        string? location)
    {
        await Api.Begin(Exchange, ["anna", "bert"]);
        Exchange.Exchange.Faults.Next(new Fault.Http(status, CasErrorCode: code, Location: location), "SyncFolderItems",
            Organisation.Address("anna"));
        Exchange.Outlook("anna").Adds(new EventDraft("Dentist", Tomorrow.AddHours(9), Tomorrow.AddHours(10)));
        var (_, problem) = await Api.TrySync("anna");
        Assert.Contains("calendar-was-not-reached", problem!.ToJsonString(), StringComparison.Ordinal);
        await Api.Sync("bert");
        await Api.Sync("anna");
        Assert.Single(await Api.Calendar("anna", Tomorrow, Tomorrow.AddDays(1)));
    }

    private async Task<string> State(Guid booked) => (await Api.Appointment(booked))["copies"]![0]!["state"]!.GetValue<string>();
}
