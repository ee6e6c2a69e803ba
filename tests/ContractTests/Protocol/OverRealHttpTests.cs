using CleanSync.ExchangeSimulator;
using CleanSync.ExchangeSimulator.Accounts;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Xunit;
using CalendarItemType = CleanSync.Infrastructure.Exchange.Protocol.Items.CalendarItemType;
using Sensitivity = CleanSync.Infrastructure.Exchange.Protocol.Items.Sensitivity;

namespace CleanSync.ContractTests.Protocol;

/// <summary>The client against the simulated Exchange, through sockets, handshakes and all.</summary>
public sealed class OverRealHttpTests : IAsyncLifetime
{
    private const string Alice = "alice@contoso.example";
    private const string Password = "Geheim-ü-1";
    private static readonly FolderRef AlicesCalendar = new FolderRef.Distinguished("calendar", Alice);
    private static readonly EwsCallContext Impersonating = new(ExchangeServerVersion.Exchange2013_SP1, Alice, Impersonate: true);

    private SimulatedExchange exchange = null!;
    private Account account = null!;

    public async ValueTask InitializeAsync() => await Start(new SimulatorOptions { Compresses = true });

    public async ValueTask DisposeAsync() => await exchange.DisposeAsync();

    [Theory]
    [InlineData(nameof(EwsAuthentication.Basic), "svc@contoso.example", true)]
    [InlineData(nameof(EwsAuthentication.Basic), "CONTOSO\\svc", false)]
    [InlineData(nameof(EwsAuthentication.Ntlm), "svc@contoso.example", false)]
    [InlineData(nameof(EwsAuthentication.Ntlm), "CONTOSO\\svc", true)]
    public async Task A_folder_opens_by_either_scheme_either_name_and_either_way_of_acting(string scheme, string name, bool impersonate)
    {
        using var client = Client(scheme, name);
        var folder = (
            await client.Send(new GetFolder([AlicesCalendar]), Impersonating with { Impersonate = impersonate }, Ct))[0].ValueOrThrow();
        Assert.True(folder.EffectiveRights!.Value.HasFlag(FolderRights.CreateContents | FolderRights.Read));
        Assert.Equal(0, account.FailedLogons);
        var call = exchange.Requests.Calls.Single();
        Assert.Equal((impersonate, Alice, true, false), (call.Impersonated, call.AnchorMailbox, call.HadContentLength, call.WasChunked));
    }

    [Theory]
    [InlineData(nameof(ExchangeServerVersion.Exchange2007_SP1))]
    [InlineData(nameof(ExchangeServerVersion.Exchange2010))]
    [InlineData(nameof(ExchangeServerVersion.Exchange2010_SP1))]
    [InlineData(nameof(ExchangeServerVersion.Exchange2010_SP2))]
    [InlineData(nameof(ExchangeServerVersion.Exchange2013))]
    [InlineData(nameof(ExchangeServerVersion.Exchange2013_SP1))]
    [InlineData(nameof(ExchangeServerVersion.Exchange2016))]
    public async Task An_item_lives_its_whole_life_in_every_version(string version)
    {
        var context = Impersonating with { Version = Enum.Parse<ExchangeServerVersion>(version) };
        using var client = Client(nameof(EwsAuthentication.Ntlm));
        var folder = new FolderRef.ById((await client.Send(new GetFolder([AlicesCalendar]), context, Ct))[0].ValueOrThrow().FolderId);
        var before = await client.Send(new SyncFolderItems(folder, null, 512), context, Ct);

        var created =
            (await client.Send(new CreateCalendarItem(folder,
                Requests.FullDraft with { LegacyFreeBusyStatus = LegacyFreeBusyStatus.Tentative }), context, Ct)).ValueOrThrow();
        var page = await client.Send(new SyncFolderItems(folder, before.SyncState, 512), context, Ct);
        Assert.Equal(
            (SyncChangeKind.Create, created.Id, CalendarItemType.Single),
            (page.Changes[0].Kind, page.Changes[0].ItemId.Id, page.Changes[0].CalendarItemType));

        var found = await client.Send(new FindItemsByExtendedProperty(folder, Requests.First, "a", 0, 10, Requests.Shape), context, Ct);
        Assert.Equal(created.Id, Assert.Single(found.Items).ItemId.Id);

        var moved = Requests.Times with { Start = Requests.Times.Start.AddDays(1), End = Requests.Times.End.AddDays(1) };
        var updated =
            (await client.Send(new UpdateCalendarItem(found.Items[0].ItemId, new() { Subject = "Moved", Times = moved, Location = "" }),
                context, Ct)).ValueOrThrow();
        Assert.NotEqual(found.Items[0].ItemId.ChangeKey, updated.ChangeKey);

        var item = (await client.Send(new GetItem([updated], Requests.Shape), context, Ct))[0].ValueOrThrow();
        Assert.Equal(
            ("Moved", moved.Start, moved.End, "b"), (item.Subject, item.Start, item.End, item.ExtendedProperties[Requests.Second]));
        Assert.Equal((LegacyFreeBusyStatus.Tentative, Sensitivity.Normal), (item.LegacyFreeBusyStatus, item.Sensitivity));
        Assert.True(string.IsNullOrEmpty(item.Location));

        var view = await client.Send(new FindCalendarView(folder, moved.Start.AddHours(-1), moved.End, Requests.Shape), context, Ct);
        Assert.Equal((updated.Id, true), (Assert.Single(view.Items).ItemId.Id, view.IncludesLastItemInRange));

        Assert.True((await client.Send(new DeleteCalendarItem(updated, DeleteType.MoveToDeletedItems), context, Ct)).Succeeded);
        Assert.Equal(
            "ErrorItemNotFound", (await client.Send(new DeleteCalendarItem(updated, DeleteType.HardDelete), context, Ct)).Error!.Code);
        Assert.Equal("ErrorItemNotFound", (await client.Send(new GetItem([updated], Requests.Shape), context, Ct))[0].Error!.Code);
    }

    [Fact]
    public async Task Zones_travel_by_their_windows_ids()
    {
        using var client = Client(nameof(EwsAuthentication.Basic));
        var created = (await client.Send(new CreateCalendarItem(AlicesCalendar, Requests.FullDraft), Impersonating, Ct)).ValueOrThrow();
        var item = (await client.Send(new GetItem([created], Requests.Shape), Impersonating, Ct))[0].ValueOrThrow();
        Assert.Equal(("W. Europe Standard Time", "W. Europe Standard Time"), (item.StartTimeZoneId, item.EndTimeZoneId));
    }

    [Fact]
    public async Task An_item_has_the_UID_that_its_create_asked_for_and_keeps_it_when_it_is_restored()
    {
        using var client = Client(nameof(EwsAuthentication.Basic));
        var created = (await client.Send(new CreateCalendarItem(AlicesCalendar, Requests.FullDraft), Impersonating, Ct)).ValueOrThrow();
        var outlook = exchange.Organisation.Mailbox(Alice).Person;
        var restored = outlook.Restores(outlook.Deletes(created.Id));
        var pasted = outlook.Copies(restored);
        var items = await client.Send(
            new GetItem([new ItemRef.ById(restored), new ItemRef.ById(pasted)], Requests.Shape), Impersonating, Ct);
        Assert.Equal("7@cleansync", items[0].ValueOrThrow().Uid);
        Assert.NotEqual("7@cleansync", items[1].ValueOrThrow().Uid);
    }

    [Fact]
    public async Task A_stale_change_key_conflicts()
    {
        using var client = Client(nameof(EwsAuthentication.Basic));
        var created = (await client.Send(new CreateCalendarItem(AlicesCalendar, Requests.FullDraft), Impersonating, Ct)).ValueOrThrow();
        exchange.Organisation.Mailbox(Alice).Person.Renames(created.Id, "Mine");
        var refused = await client.Send(new UpdateCalendarItem(created, new() { Subject = "Ours" }), Impersonating, Ct);
        Assert.Equal("ErrorIrresolvableConflict", refused.Error!.Code);
    }

    [Fact]
    public async Task One_handshake_serves_a_connection()
    {
        using var client = Client(nameof(EwsAuthentication.Ntlm));
        for (var i = 0; i < 5; i++)
            await client.Send(new GetFolder([AlicesCalendar]), Impersonating, Ct);
        Assert.Equal((5, 2), (exchange.Requests.Calls.Count, exchange.Requests.All.Count(request => request.IsUnauthorized)));
    }

    [Theory]
    [InlineData(nameof(EwsAuthentication.Basic))]
    [InlineData(nameof(EwsAuthentication.Ntlm))]
    public async Task A_wrong_password_is_refused_once(string scheme)
    {
        using var client = Client(scheme, password: "wrong");
        var failure = await Assert.ThrowsAsync<EwsHttpException>(() => client.Send(new GetFolder([AlicesCalendar]), Impersonating, Ct));
        Assert.True(failure.CredentialRefused);
        Assert.Equal(1, account.FailedLogons);
    }

    [Fact]
    public async Task A_lockout_is_told_apart()
    {
        exchange.Organisation.LockoutAfter = 1;
        using var client = Client(nameof(EwsAuthentication.Basic), password: "wrong");
        await Assert.ThrowsAsync<EwsHttpException>(() => client.Send(new GetFolder([AlicesCalendar]), Impersonating, Ct));
        Assert.True((await Assert.ThrowsAsync<EwsHttpException>(() =>
            client.Send(new GetFolder([AlicesCalendar]), Impersonating, Ct))).AccountLockedOut);
    }

    [Fact]
    public async Task Where_ntlm_is_not_offered_no_credential_leaves_and_no_logon_fails()
    {
        await Restart(new SimulatorOptions { Schemes = AuthenticationSchemes.Basic });
        using var client = Client(nameof(EwsAuthentication.Ntlm), password: "wrong");
        var failure = await Assert.ThrowsAsync<EwsHttpException>(() => client.Send(new GetFolder([AlicesCalendar]), Impersonating, Ct));
        Assert.Equal((CredentialUse.NotSent, false, 0), (failure.Credential, failure.CredentialRefused, account.FailedLogons));
        Assert.DoesNotContain("NTLM", failure.OfferedSchemes);
    }

    [Fact]
    public async Task A_server_that_never_challenges_is_a_failed_handshake()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(context =>
        {
            (context.Response.StatusCode, context.Response.Headers.WWWAuthenticate) = (401, "NTLM");
            return context.Request.Body.CopyToAsync(Stream.Null);
        });
        await app.StartAsync(Ct);
        using var client = new EwsClient(
            new EwsEndpoint(new Uri(app.Urls.Single()), EwsAuthentication.Ntlm, new("svc", Password)), TimeProvider.System);
        var failure = await Assert.ThrowsAsync<EwsTransportException>(
            () => client.Send(new GetFolder([AlicesCalendar]), Impersonating, Ct));
        Assert.Equal((TransportFailure.NoChallenge, false), (failure.Failure, failure.RequestMayHaveBeenProcessed));
    }

    [Fact]
    public async Task The_probe_names_the_schemes_and_touches_no_account()
    {
        using var client = Client(nameof(EwsAuthentication.Ntlm));
        Assert.Equal(["Basic", "NTLM"], (await client.OfferedSchemes(Ct)).Order(StringComparer.Ordinal));
        Assert.Equal((0, 0), (account.SuccessfulLogons, account.FailedLogons));
        Assert.All(exchange.Requests.All, request => Assert.Null(request.AuthorizationScheme));
    }

    [Theory]
    [InlineData(nameof(EwsAuthentication.Basic))]
    [InlineData(nameof(EwsAuthentication.Ntlm))]
    public async Task A_write_whose_answer_is_lost_on_a_kept_connection_is_reported_and_never_repeated(string scheme)
    {
        exchange.Faults.Next(new Fault.AbortAfterEffect(), "CreateItem");
        using var client = Client(scheme);
        await client.Send(new GetFolder([AlicesCalendar]), Impersonating, Ct);
        var failure = await Assert.ThrowsAsync<EwsTransportException>(
            () => client.Send(new CreateCalendarItem(AlicesCalendar, Requests.FullDraft), Impersonating, Ct));
        Assert.True(failure.RequestMayHaveBeenProcessed);
        var found = await client.Send(
            new FindItemsByExtendedProperty(AlicesCalendar, Requests.First, "a", 0, 10, Requests.Shape), Impersonating, Ct);
        Assert.Single(found.Items);
    }

    [Fact]
    public async Task Throttling_says_how_long_to_wait()
    {
        exchange.Faults.Next(new Fault.Soap("ErrorServerBusy", BackOffMilliseconds: 297749));
        using var client = Client(nameof(EwsAuthentication.Basic));
        var failure = await Assert.ThrowsAsync<EwsFaultException>(() => client.Send(new GetFolder([AlicesCalendar]), Impersonating, Ct));
        Assert.Equal(("ErrorServerBusy", TimeSpan.FromMilliseconds(297749)), (failure.ResponseCode, failure.BackOff));
        Assert.Equal(exchange.Requests.Calls.Single().ClientRequestId, failure.RequestId);
    }

    [Fact]
    public async Task Denied_impersonation_is_a_fault()
    {
        exchange.Organisation.RevokeImpersonation(account);
        using var client = Client(nameof(EwsAuthentication.Basic));
        var failure = await Assert.ThrowsAsync<EwsFaultException>(() => client.Send(new GetFolder([AlicesCalendar]), Impersonating, Ct));
        Assert.StartsWith("ErrorImpersonat", failure.ResponseCode, StringComparison.Ordinal);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task Start(SimulatorOptions options)
    {
        exchange = await SimulatedExchange.StartAsync(options, Ct);
        account = exchange.Organisation.AddAccount("svc@contoso.example", Password, "CONTOSO\\svc");
        exchange.Organisation.AddMailbox(Alice);
        exchange.Organisation.GrantImpersonation(account);
        exchange.Organisation.GrantFolderRights(account, Alice, FolderLevel.Editor);
    }

    private async Task Restart(SimulatorOptions options)
    {
        await exchange.DisposeAsync();
        await Start(options);
    }

    private EwsClient Client(string scheme, string name = "svc@contoso.example", string password = Password) =>
        new(
            new EwsEndpoint(exchange.EwsUrl, Enum.Parse<EwsAuthentication>(scheme), new EwsCredential(name, password)),
            TimeProvider.System);
}
