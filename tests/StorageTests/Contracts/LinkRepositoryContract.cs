using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.StorageTests.Databases;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Contracts;

/// <summary>
/// What <see cref="IStaffCalendarLinkRepository"/> promises of a link; which are due is in <see cref="DueLinksContract{TDatabase}"/>.
/// </summary>
public abstract class LinkRepositoryContract<TDatabase>(TDatabase db) : IClassFixture<TDatabase>
    where TDatabase : TemporaryDatabase
{
    [Fact]
    public async Task A_link_comes_back_as_it_was_saved()
    {
        var link = Sample.Link(db.Integration.Id, "carl");
        Assert.Equal(link with { Version = 1 }, await db.Linked(link));
        var bare =
            Sample.Link(db.Integration.Id, "dora") with
            {
                MailboxAddress = null,
                Cursor = null,
                CalendarId = null,
                WindowReadOn = null,
                WindowEnd = null,
                LastSyncedAt = null,
                NextSyncAt = null,
                Enabled = false
            };
        Assert.Equal(bare with { Version = 1 }, await db.Linked(bare));
        Assert.Equal(bare.Id, (await db.Links.FindByStaff("dora", Ct))!.Id);
        Assert.Null(await db.Links.FindByStaff("DORA", Ct));
        Assert.Equal(["carl", "dora"], (await db.Links.OfStaff(["carl", "dora", "nobody"], Ct)).Select(l => l.StaffId).Order());
        Assert.Contains(await db.Links.OfIntegration(db.Integration.Id, Ct), l => l.Id == link.Id);
    }
}
