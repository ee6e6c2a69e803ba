using System.Text;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Infrastructure.Exchange.Calendars;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;
using CleanSync.StorageTests.Databases;
using Xunit;

namespace CleanSync.UnitTests.Exchange;

/// <summary>
/// Items that are not as they should be (docs/exchange.md, "Items that cannot be read"): in doubt they block their time, and none reads
/// as missing.
/// </summary>
public sealed class OddItemTests
{
    private const string AtNine = "<t:Start>2026-07-06T09:00:00Z</t:Start><t:End>2026-07-06T10:00:00Z</t:End>";
    private const string Nothing = "";

    [Theory]
    [InlineData("2026-07-05T22:00:00Z")]
    [InlineData("2026-07-06T00:00:00Z")]
    [InlineData("2026-07-06T09:00:00Z")]
    public void An_all_day_event_that_ends_when_it_starts_lasts_that_day(string instant)
    {
        var times =
            Found($"<t:Start>{instant}</t:Start><t:End>{instant}</t:End><t:IsAllDayEvent>true</t:IsAllDayEvent><t:StartTimeZone Id='W. Europe Standard Time'/>").Event.Times;
        Assert.Equal((new DateOnly(2026, 7, 6), new DateOnly(2026, 7, 7)), (times.FirstDay, times.EndDay));
    }

    [Theory]
    [InlineData("Booking")]
    [InlineData("MeetingRequest")]
    [InlineData("WhateverComesNext")]
    public void Any_element_with_the_children_of_a_calendar_item_is_an_event(string element) =>
        Assert.Equal("AAMk", Found(AtNine, element).Event.ItemId);

    [Theory]
    [InlineData("Message", Nothing)]
    [InlineData("Task", "<t:DueDate>2026-07-06T09:00:00Z</t:DueDate>")]
    [InlineData("MeetingCancellation", AtNine)]
    [InlineData("MeetingResponse", AtNine)]
    public void An_item_of_another_kind_is_none(string element, string children) =>
        Assert.IsNotType<ItemReading.Found>(Read(children, element));

    [Theory]
    [InlineData(Nothing)]
    [InlineData("<t:Start>2026-07-06T09:00:00Z</t:Start>")]
    [InlineData("<t:End>2026-07-06T09:00:00Z</t:End>")]
    [InlineData("<t:Start/><t:End/>")]
    [InlineData("<t:Start>yesterday</t:Start><t:End>2026-07-06T10:00:00Z</t:End>")]
    [InlineData("<t:Start>2026-07-06T10:00:00Z</t:Start><t:End>2026-07-06T09:59:59Z</t:End>")]
    [InlineData("<t:Start>2026-07-06T22:00:00Z</t:Start><t:End>2026-07-05T22:00:00Z</t:End><t:IsAllDayEvent>true</t:IsAllDayEvent>")]
    [InlineData("<t:Start>2026-07-06T10:00:00Z</t:Start><t:End>9999-12-31T23:59:59Z</t:End>")]
    [InlineData("<t:Start>2026-07-06T10:00:00Z</t:Start><t:End>10000-01-01T00:00:00Z</t:End>")]
    [InlineData("<t:Start>0001-01-01T00:00:00Z</t:Start><t:End>2026-07-06T10:00:00Z</t:End>")]
    public void An_event_whose_times_mean_nothing_is_unreadable_and_never_missing(string children) =>
        Assert.IsType<ItemReading.Unreadable>(Read(children));

    [Fact]
    public void So_is_one_of_another_element() =>
        Assert.IsType<ItemReading.Unreadable>(Read("<t:Start>2026-07-06T09:00:00Z</t:Start>", "Booking"));

    [Fact]
    public void An_event_that_ends_when_it_starts_is_none_of_these() =>
        Assert.NotNull(Found("<t:Start>2026-07-06T09:00:00Z</t:Start><t:End>2026-07-06T09:00:00Z</t:End>"));

    private static ItemReading.Found Found(string children, string element = "CalendarItem") =>
        Assert.IsType<ItemReading.Found>(Read(children, element));

    private static ItemReading Read(string children, string element = "CalendarItem")
    {
        var text =
            $"<t:{element} xmlns:t='http://schemas.microsoft.com/exchange/services/2006/types'><t:ItemId Id='AAMk' ChangeKey='Dw'/>{children}</t:{element}>";
        using var xml = new EwsXmlReader(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        xml.MoveToRoot();
        var access = OpenCalendar.Of(Sample.Integration(), Sample.Link(Guid.Empty, "anna"));
        return ExchangeItems.Reading(access, new EwsResult<CalendarItem>(CalendarItemReader.Read(xml)));
    }
}
