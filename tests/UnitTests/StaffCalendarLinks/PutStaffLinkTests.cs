using CleanSync.Application;
using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.Syncing;
using CleanSync.UnitTests.Persistence;
using Xunit;

namespace CleanSync.UnitTests.StaffCalendarLinks;

public sealed class PutStaffLinkTests(TemporaryDatabase db) : IClassFixture<TemporaryDatabase>
{
    [Fact]
    public async Task A_pass_that_commits_meanwhile_is_kept_and_the_link_is_changed_all_the_same()
    {
        var link = await db.Linked(Sample.Link(db.Integration.Id, "busy"));
        var ledger = new PassInBetween(db.Ledger, new LedgerEntry { Links = [link with { Failures = 7 }] });
        var handler = new PutStaffLink.Handler(db.Integrations, db.Links, db.Appointments, ledger, new Nobody(), new TimeOrderedIds(db.Time), db.Time);

        var put = await handler.Handle(new PutStaffLink("busy", "Another name", db.Integration.Id, link.MailboxAddress, link.TimeZone), TemporaryDatabase.Ct);

        var stored = (await db.Links.FindByStaff("busy", TemporaryDatabase.Ct))!;
        Assert.Equal((false, false), (put.IsRefused, put.Value));
        Assert.Equal(("Another name", 7), (stored.StaffName, stored.Failures));
    }

    /// <summary>Commits what a pass found, just before the first commit that is asked for.</summary>
    private sealed class PassInBetween(ISyncLedger ledger, LedgerEntry pass) : ISyncLedger
    {
        private bool happened;

        public async Task<bool> Commit(LedgerEntry entry, CancellationToken ct)
        {
            if (!happened) Assert.True(await ledger.Commit(pass, ct));
            happened = true;
            return await ledger.Commit(entry, ct);
        }
    }

    private sealed class Nobody : IPushSignal
    {
        public void Ring(IEnumerable<Guid> linkIds)
        {
        }
    }
}
