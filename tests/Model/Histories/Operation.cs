using System.Text;
using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;

namespace CleanSync.Model.Histories;

/// <summary>
/// One step of a history. A value: it names things by names that the history itself gave, never by what happened to exist, so that any part
/// of a history can be left out and the rest still means the same. What names something that does not exist (any more) does nothing.
/// </summary>
internal abstract record Operation
{
    /// <summary>An appointment called A{Number}; minutes count from the history's start.</summary>
    public sealed record Book(int Number, string Staff, int Minute, int Length) : Operation;

    public sealed record MoveAppointment(int Number, int Minute, int Length) : Operation;

    public sealed record CancelAppointment(int Number) : Operation;

    /// <summary>The booking product says who takes it from now on.</summary>
    public sealed record ChangeStaff(int Number, string Staff) : Operation;

    /// <summary>The booking product gives it another title: of the copies this is written, and nothing else.</summary>
    public sealed record Describe(int Number, string Title) : Operation;

    /// <summary>A person adds an event in Outlook.</summary>
    public sealed record Add(string Staff, string Thing, EventShape Event) : Operation;

    /// <summary>A person adds a series in Outlook, endless without a count.</summary>
    public sealed record AddSeries(string Staff, string Thing, EventShape First, SeriesShape Series) : Operation;

    /// <summary>
    /// A person does something with what they see: an event of theirs (E1), their copy of an appointment (A1), or a paste of either (P1).
    /// </summary>
    /// <param name="Slot">Of a series: one occurrence, counted from 1; null for the whole.</param>
    public sealed record Outlook(
        string Staff,
        string Thing,
        Deed Deed,
        int Amount,
        int? Slot = null,
        string? NewThing = null) : Operation;

    /// <summary>A staff member answers a meeting request through the API, wherever CleanSync knows it.</summary>
    public sealed record Respond(string Staff, string Thing, MeetingReply Reply, bool Series) : Operation;

    /// <summary>Exchange gives the mailbox a new address, and the booking product is told.</summary>
    public sealed record Readdress(string Staff) : Operation;

    /// <summary>One pass over one calendar.</summary>
    public sealed record Pass(string Staff) : Operation;

    /// <summary>One push into one calendar.</summary>
    public sealed record Push(string Staff) : Operation;

    /// <summary>The push of every calendar for which one was announced since the last time.</summary>
    public sealed record PushAnnounced(bool Reversed) : Operation;

    /// <summary>What the heartbeats do: passes that are due, then pushes that are due.</summary>
    public sealed record Heartbeat : Operation;

    public sealed record Wait(int Minutes) : Operation;

    /// <summary>A second node on the same database makes a pass of one calendar, if the lease lets it.</summary>
    public sealed record Elsewhere(string Staff) : Operation;

    /// <summary>Everything ahead leaves a calendar at once, as a broken add-in or a wrong click brings it about.</summary>
    public sealed record EmptyCalendar(string Staff) : Operation;

    /// <summary>An admin says that the removals that the deletion fuse holds were meant.</summary>
    public sealed record ReleaseHeld(string Staff) : Operation;

    /// <summary>An admin says that the removals that the deletion fuse holds were an accident.</summary>
    public sealed record RejectHeld(string Staff) : Operation;

    /// <summary>Somebody brings back the latest removal of a staff member that can be brought back.</summary>
    public sealed record Undo(string Staff) : Operation;

    /// <summary>Exchange cannot give something any more, until everything calms down.</summary>
    public sealed record Corrupt(string Staff, string Thing, Damage Damage, bool IsInViews) : Operation;

    /// <summary>What a mailbox's change feed hears comes late, or at once again with all that was kept back.</summary>
    public sealed record LateReports(string Staff, bool AreLate) : Operation;

    /// <summary>The mailbox opens another, empty calendar; the one before stays as an ordinary folder with all its items.</summary>
    public sealed record ReplaceCalendar(string Staff) : Operation;

    /// <summary>Exchange answers the id of something so often with a code that says nothing of it, or that it is not there.</summary>
    public sealed record Misread(string Staff, string Thing, string Code, int Times) : Operation;

    /// <summary>
    /// Every item of a mailbox has a new id from now on; of a mailbox with a new GUID every folder as well. Former ids are answered with a
    /// code.
    /// </summary>
    public sealed record Migrate(string Staff, string Code, bool FoldersToo) : Operation;

    /// <summary>
    /// A staff member gets another, empty mailbox, in the same integration or the other one, and the booking product is told.
    /// </summary>
    public sealed record Relocate(string Staff, bool Integration) : Operation;

    /// <summary>Somebody makes a backup of the database.</summary>
    public sealed record Backup : Operation;

    /// <summary>The database breaks, and minutes later CleanSync runs on the latest backup.</summary>
    public sealed record RestoreBackup : Operation;

    /// <summary>CleanSync ends without any farewell and starts again on the same file.</summary>
    public sealed record Restart : Operation;

    public sealed record ShowTitles(bool Shown) : Operation;

    /// <summary>An admin moves the far end of the window.</summary>
    public sealed record Horizon(int Months) : Operation;

    public sealed record Enable(string Staff, bool Enabled, CopiesDecision? Copies = null) : Operation;

    /// <summary>Exchange tells at most so many changes in one page, however many are asked for.</summary>
    public sealed record ShortPages(int Changes) : Operation;

    /// <summary>Exchange tells changes in the order in which they happened, as before 2010 SP2.</summary>
    public sealed record OldestFirst : Operation;

    /// <summary>The account is a delegate of everybody from now on, and impersonates nobody.</summary>
    /// <param name="DeletedItems">It may put something into its owners' Deleted Items.</param>
    /// <param name="HidesPrivate">Exchange hides private items from it, until everything calms down.</param>
    public sealed record ActAsDelegate(bool DeletedItems, bool HidesPrivate) : Operation;

    /// <summary>Exchange gives every new item a UID of its own, whatever CleanSync asks for.</summary>
    public sealed record OwnUids : Operation;

    /// <summary>Exchange reports what leaves a folder as a change of the item that is elsewhere now, not as a deletion.</summary>
    public sealed record MovesAsUpdates : Operation;

    /// <summary>Exchange's assistants touch each new item a few times, and change nothing that anybody sees.</summary>
    public sealed record BusyAssistants(int Touches, int Seconds) : Operation;

    /// <summary>Something goes wrong with a later call to Exchange: the one after so many others.</summary>
    public sealed record TroubleAtCall(CallTrouble Trouble, int After) : Operation;

    /// <summary>Something goes wrong with a later commit: the one after so many others.</summary>
    public sealed record TroubleAtCommit(CommitTrouble Trouble, int After) : Operation;

    /// <summary>Somebody does something in the middle of a pass or push: just before the call after so many others.</summary>
    public sealed record Meanwhile(Operation What, int After) : Operation;

    /// <summary>Exchange answers one call of so many with 401 although the password is right: as often as it may be tried again.</summary>
    public sealed record SingleRefusals(int Every) : Operation;

    /// <summary>As the code that makes it, short.</summary>
    public sealed override string ToString()
    {
        var text = new StringBuilder(GetType().Name).Append('(');
        PrintMembers(text);
        return text.Append(')').ToString();
    }
}

/// <summary>What a person types into a new event.</summary>
internal sealed record EventShape(
    int Minute,
    int Length,
    bool IsAllDay = false,
    string? Zone = null,
    bool IsPrivate = false,
    bool IsFree = false,
    bool IsInvitation = false);

internal sealed record SeriesShape(SeriesKind Kind, int Interval, int? Occurrences);

internal enum SeriesKind
{
    Daily,
    Weekly,
    Weekdays,
    Monthly,
    LastFriday,
    Yearly,
}

/// <summary>What a person can do with one event.</summary>
internal enum Deed
{
    Move,
    Rename,
    Lengthen,
    MakePrivate,
    MakeNormal,
    ShowFree,
    ShowBusy,
    ShowTentative,
    ShowElsewhere,
    Touch,
    MakeZeroLength,
    SeeCancelled,
    SeeReinstated,
    Delete,
    HardDelete,
    Restore,
    Copy,
    MoveToOtherFolder,
    MoveBack,

    /// <summary>Into another folder and straight back, as a slip of the hand: nothing left, but its id is another.</summary>
    AwayAndBack,
    MakeAllDay,
    TurnIntoSeries,
    TurnIntoSingle,
    EndSeries,

    /// <summary>Accepts an invitation: Outlook deletes it and makes it anew, under another id.</summary>
    Accept,
}

/// <summary>What of an item Exchange cannot give.</summary>
internal enum Damage
{
    Texts,
    Everything,

    /// <summary>Asked for with others, it spoils the whole answer.</summary>
    Answer,
}

/// <summary>How one call to Exchange can go wrong.</summary>
internal enum CallTrouble
{
    TimeoutBefore,
    TimeoutAfter,

    /// <summary>The answer never comes; the request takes effect minutes later.</summary>
    LateEffect,

    /// <summary>Something on the way delivers the request a second time, right after the first; the first answer arrives.</summary>
    DeliveredTwice,
    ResetBefore,
    ResetAfter,
    Http500,
    Http503,
    Http503WithRetryAfter,
    ServerBusy,
    ServerBusyInAnswer,
    TransientErrorInAnswer,
    StaleChangeKey,
    InvalidSyncState,
    CutAnswer,
    CrashBefore,
    CrashAfter,
}

/// <summary>How one commit can go wrong.</summary>
internal enum CommitTrouble
{
    DatabaseError,
    CrashBefore,
    CrashAfter,

    /// <summary>Another node takes the mailbox over just before the commit, and lets go of it again.</summary>
    LeaseTaken,

    /// <summary>
    /// The process stands still for so long that its lease ends, and another node makes a whole pass of the mailbox, before the commit goes
    /// on.
    /// </summary>
    Stalled,
}
