using System.Text;
using CleanSync.ExchangeSimulator;
using CleanSync.ExchangeSimulator.Accounts;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Journal;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.ExchangeSimulator.Protocol;
using CleanSync.ExchangeSimulator.Recurring;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using Microsoft.Extensions.Time.Testing;

namespace CleanSync.Model.Fuzzing;

/// <summary>
/// Sound answers: what the simulator answers to every operation of the client, and the sample files of the tests, where the source is at
/// hand.
/// </summary>
internal sealed class Corpus
{
    public static readonly NamedProperty Tag = new(new Guid("6d0a4d2e-7c53-4b0e-9d51-1f0c2a6e8b34"), "CleanSyncId");
    public static readonly CalendarItemShape Shape = new([Tag]);

    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private readonly ExchangeOrganisation organisation;
    private readonly FaultScript faults = new();
    private readonly EwsEndpointOfTheSimulator endpoint;
    private readonly Account account;
    private readonly List<Answer> answers = [];

    private Corpus()
    {
        var clock = new FakeTimeProvider(Now);
        organisation = new ExchangeOrganisation(clock);
        account = organisation.AddAccount("svc@contoso.example", "Correct-Horse-7");
        organisation.GrantImpersonation(account);
        organisation.AddMailbox("alice@contoso.example");
        endpoint = new(new ExchangeSimulator.Protocol.EwsEndpoint(organisation, new RequestJournal(), faults, clock), account);
    }

    /// <summary>The same each time.</summary>
    public static IReadOnlyList<Answer> Build(bool withSamples = true)
    {
        var corpus = new Corpus();
        corpus.AskForEverything();
        return [.. corpus.answers, .. withSamples ? SampleAnswers.Of(SamplesFolder()) : []];
    }

    private Mailbox Alice => organisation.Mailbox("alice@contoso.example");

    private void AskForEverything()
    {
        var folder = new FolderRef.ById(Alice.CalendarFolderId);
        Keep(
            "folders",
            Question.OfEach(
                new GetFolder([folder, new FolderRef.Distinguished("deleteditems", null), new FolderRef.Distinguished("nowhere", null)])));
        var ids = Fill();
        var sync = Sync(folder, null, 4);
        Keep("first page", sync);
        Keep("all changes", Sync(folder, null, 512));
        var state = Between(Encoding.UTF8.GetString(endpoint.Answer(Sync(folder, null, 512)).Body.Span), "SyncState>", "<");
        Keep(
            "view",
            Question.Of(
                new FindCalendarView(folder, Now.AddDays(-2), Now.AddDays(40), Shape),
                p => [[.. p.Items, $"last {p.IncludesLastItemInRange}"]]));
        Keep(
            "cut view",
            Question.Of(
                new FindCalendarView(folder, Now.AddDays(-2), Now.AddDays(40), Shape, 3),
                p => [[.. p.Items, $"last {p.IncludesLastItemInRange}"]]));
        Keep(
            "search",
            Question.Of(
                new FindItemsByExtendedProperty(folder, Tag, "7f3c", 0, 2, Shape),
                p => [[.. p.Items, $"next {p.NextOffset} last {p.IncludesLastItemInRange}"]]));
        Keep(
            "items",
            Question.OfEach(new GetItem([.. ids.Select(i => new ItemRef.ById(i)), new ItemRef.ById("AAMkADE5"),
                new ItemRef.Occurrence(ids[^1], 2), new ItemRef.Occurrence(ids[^1], 3)], Shape)));
        Keep("one item", Question.OfEach(new GetItem([new ItemRef.ById(ids[0])], Shape)));
        Keep("times of an item", Question.OfEach(new GetItem([new ItemRef.ById(ids[0])], Shape with { TimesOnly = true })));
        Keep(
            "response",
            Question.OfOne(new CreateMeetingResponse(new ItemId(ids[2], Alice.Find(ids[2])!.ChangeKey), MeetingResponseObject.AcceptItem)));
        Keep("rights on items", Question.OfEach(new GetItemRights([new ItemId(ids[0], null), new ItemId("AAMkADE5", null)])));
        Keep("a password that never expires", Question.OfOne(new GetPasswordExpirationDate()));
        account.PasswordExpiresAt = Now.AddDays(30);
        Keep("a password that expires", Question.OfOne(new GetPasswordExpirationDate()));
        Keep("a password's end that is refused", Question.OfOne(new GetPasswordExpirationDate()), new Fault.Response("ErrorAccessDenied"));
        var draft =
            new CalendarItemDraft
            {
                Subject = "Booked",
                Times = new(Now, Now.AddHours(1), "UTC", "UTC", false),
                ExtendedProperties = new Dictionary<NamedProperty, string>
                { [Tag] = "7f3c" }
            };
        Keep("create", Question.OfOne(new CreateCalendarItem(folder, draft)));
        Keep(
            "update",
            Question.OfOne(
                new UpdateCalendarItem(new ItemId(ids[0], Alice.Find(ids[0])!.ChangeKey), new CalendarItemUpdate { Subject = "Other" })));
        Keep(
            "update of what is not there",
            Question.OfOne(new UpdateCalendarItem(new ItemId("AAMkADE5", "x"), new CalendarItemUpdate { Subject = "Other" })));
        Keep("delete", Question.OfOne(new DeleteCalendarItem(new ItemId(ids[0], null), DeleteType.MoveToDeletedItems)));
        Keep("deleted already", Question.OfOne(new DeleteCalendarItem(new ItemId(ids[0], null), DeleteType.MoveToDeletedItems)));
        Keep(
            "moved",
            Question.OfOne(
                new MoveCalendarItem(new ItemId(ids[1], null), new FolderRef.Distinguished("deleteditems", "alice@contoso.example"))));
        Keep(
            "moved already",
            Question.OfOne(
                new MoveCalendarItem(new ItemId(ids[1], null), new FolderRef.Distinguished("deleteditems", "alice@contoso.example"))));
        Keep("later changes", Sync(folder, state, 512));
        Keep("no such state", Sync(folder, "H4sI", 512));
        Keep("busy fault", sync, new Fault.Soap("ErrorServerBusy", 297_749));
        Keep("busy message", sync, new Fault.Response("ErrorServerBusy", 1000));
        Keep("error page", sync, new Fault.Http(500));
        Keep("redirect", sync, new Fault.Http(302, Location: "https://mail.contoso.example/ews/genericerrorpage.htm"));
    }

    private List<string> Fill()
    {
        var person = Alice.Person;
        EventDraft Event(string subject, int day, int hours = 1) => new(subject, Now.AddDays(day), Now.AddDays(day).AddHours(hours));
        string[] ids =
        [
            person.Adds(Event("Haircut <J. Doe> & \"co\" 'x' ]]> ü 😀", 1) with { Location = "Salon 2" }),
            person.Adds(Event("a\u001ab\u0000c", 2) with { Sensitivity = ExchangeSimulator.Mailboxes.Sensitivity.Private }),
            person.Adds(Event("Invited", 3) with { Organizer = "bob@contoso.example" }),
            person.Adds(new EventDraft("Company day", Now.Date, Now.Date.AddDays(2)) { IsAllDay = true, FreeBusy = FreeBusy.OOF }),
            person.Adds(Event(new string('x', 300), 4)),
            person.AddsSeries(Event("Series", 5), new DailyPattern(1), 6),
        ];
        person.ChangesOccurrence(ids[^1], Now.AddDays(6), new EventEdit { Subject = "Moved", Start = Now.AddDays(6).AddHours(2) });
        person.DeletesOccurrence(ids[^1], Now.AddDays(7));
        return [.. ids];
    }

    private static Question Sync(FolderRef folder, string? state, int max) =>
        Question.Of(
            new SyncFolderItems(folder, state, max), p => [[.. p.Changes, $"state {p.SyncState} last {p.IncludesLastItemInRange}"]]);

    private void Keep(string name, Question question, Fault? fault = null)
    {
        if (fault is not null) faults.Next(fault);
        var reply = endpoint.Answer(question);
        answers.Add(new Answer($"simulator: {name}", question, reply.Status, reply.Body.ToArray()));
    }

    private static string Between(string text, string from, string to)
    {
        var start = text.IndexOf(from, StringComparison.Ordinal) + from.Length;
        return text[start..text.IndexOf(to, start, StringComparison.Ordinal)];
    }

    private static string? SamplesFolder() =>
        RepositoryRoot.PathOrNull is { } root
            && Path.Combine(root, "tests", "ContractTests", "Protocol", "Samples") is var folder
            && Directory.Exists(folder)
            ? folder
            : null;

    private sealed record EwsEndpointOfTheSimulator(ExchangeSimulator.Protocol.EwsEndpoint Endpoint, Account Account)
    {
        public EwsReply Answer(Question question) => Endpoint.Handle(question.Request, new EwsHeaders(), new Caller(Account));
    }
}
