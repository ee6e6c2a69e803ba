using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing.Pulls;
using CleanSync.Domain.Syncing.Pushes;
using Xunit;
using static CleanSync.UnitTests.Syncing.PlanFixture;

namespace CleanSync.UnitTests.Syncing;

public sealed class CopyDifferenceTests
{
    private readonly PlanFixture plan = new();

    [Theory]
    [InlineData("Haircut", "Haircut", true)]
    [InlineData("Haircut", "haircut", false)]
    [InlineData("Haircut", "", false)]
    [InlineData("Hair\u0001cut\uD83D", "Haircut", true)] // what XML cannot carry
    [InlineData(" Hair\t\r\n cut ", "Hair cut", true)]
    [InlineData("Hair\ncut", "Hair cut", true)]
    [InlineData("Haircut \uD83D\uDE00", "Haircut \uD83D\uDE00", true)]
    [InlineData("Haircut \uD83D\uDE00", "Haircut \uD83D\uDE01", false)]
    public void What_Exchange_and_the_wire_do_to_a_text_is_no_difference(string wanted, string seen, bool same) =>
        Assert.Equal(same ? CopyDifferences.None : CopyDifferences.Title, Differs(wanted, seen));

    [Fact]
    public void Nor_is_a_text_that_a_view_cut_even_through_a_pair()
    {
        var whole = new string('x', 254) + "\uD83D\uDE00 and more";
        Assert.Equal(CopyDifferences.None, Differs(whole, whole[..255]));
        Assert.Equal(CopyDifferences.None, Differs(whole, whole[..254]));
        Assert.Equal(CopyDifferences.Title, Differs(whole, whole[..253]));
    }

    [Fact]
    public void What_the_owner_changed_differs_until_it_is_changed_back()
    {
        var appointment = plan.Appointment(At(9));
        var copy = plan.Copy(appointment);
        var written = Remote("item-1", At(9), "k2") with { Title = "Haircut", Location = "" };
        plan.See(written with { Title = "Mine", Location = "Elsewhere" });
        Assert.Equal(
            (CopyDifferences.Title | CopyDifferences.Location, PushState.Confirmed),
            (plan.Row(copy.Id).Differs, plan.Row(copy.Id).PushState));
        Assert.Equal(new PushStep.Nothing(), PushPlanner.Decide(plan.Row(copy.Id), appointment, "anna", Now, PushPlanner.DefaultGrace));
        plan.See(written with { ChangeKey = "k3" });
        Assert.Equal(CopyDifferences.None, plan.Row(copy.Id).Differs);
    }

    [Fact]
    public void Texts_that_Exchange_could_not_give_say_nothing_about_a_difference()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        plan.See(Remote("item-1", At(9), "k2") with { Title = "", Location = "", UnreadableCode = "ErrorItemCorrupt" });
        Assert.Equal(CopyDifferences.None, plan.Row(copy.Id).Differs);
    }

    [Fact]
    public void A_field_that_was_written_differs_no_more()
    {
        const CopyDifferences both = CopyDifferences.Title | CopyDifferences.Location;
        Assert.Equal(CopyDifferences.Location, both.Without(new PushStep.Update(Times: true, Title: true, Location: false, Notes: true)));
        Assert.Equal(CopyDifferences.Title, both.Without(new PushStep.Update(Times: false, Title: false, Location: true, Notes: false)));
    }

    private static CopyDifferences Differs(string wanted, string seen) =>
        CopyDifference.Of(new CopyContent(At(9), 1, wanted, "", ""), Remote("a", At(9)) with { Title = seen, Location = "" });
}
