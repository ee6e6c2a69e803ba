using System.Text;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;
using CleanSync.Infrastructure.Exchange.Translation;
using Xunit;

namespace CleanSync.UnitTests.Syncing;

public sealed class FreeBusyTests
{
    [Theory]
    [InlineData("")]
    [InlineData("<t:LegacyFreeBusyStatus/>")]
    [InlineData("<t:LegacyFreeBusyStatus>NoData</t:LegacyFreeBusyStatus>")]
    [InlineData("<t:LegacyFreeBusyStatus>Sabbatical</t:LegacyFreeBusyStatus>")]
    public void A_missing_or_unknown_free_busy_status_counts_as_busy_and_blocks(string element)
    {
        var plan = new PlanFixture();
        plan.See(Read($"<t:Start>2026-03-03T09:00:00Z</t:Start><t:End>2026-03-03T10:00:00Z</t:End>{element}"));
        Assert.Equal(FreeBusy.Busy, Assert.Single(plan.Own).FreeBusy);
    }

    private static Domain.Syncing.RemoteEvent Read(string elements)
    {
        var text =
            $"<t:CalendarItem xmlns:t='http://schemas.microsoft.com/exchange/services/2006/types'><t:ItemId Id='AAMk' ChangeKey='Dw'/>{elements}</t:CalendarItem>";
        using var xml = new EwsXmlReader(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        xml.MoveToRoot();
        return CalendarItemTranslator.Translate(CalendarItemReader.Read(xml), "UTC")!;
    }
}
