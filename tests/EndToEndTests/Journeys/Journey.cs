namespace CleanSync.EndToEndTests.Journeys;

/// <summary>The admin's journey, step by step in its order.</summary>
internal static class Journey
{
    public static async Task Connects(Office office)
    {
        var connecting = new Connecting(office);
        await connecting.ChoosesAVersion();
        await connecting.FindsTheAddress();
        await connecting.LooksBeforeSaving();
        await connecting.Connects();
        await connecting.LinksThreeStaff();
        await connecting.Previews();
        await connecting.Authorizes();
        await connecting.SeesBothSidesFilled();
    }

    public static async Task LivesOn(Office office)
    {
        var days = new DailyLife(office);
        await days.ListsTheAccounts();
        await days.SeesEditsOfOutlook();
        await days.SeesABookingArrive();
        await days.AsksWhyAnEventIsNotSynced();
        await days.PausesAndResumes();
        await days.ReplacesThePassword();
        await days.ReadsAllAgain();
        await days.HidesTitles();
    }

    public static async Task Leaves(Office office)
    {
        var (leaving, staffMade) = (new Leaving(office), office.StaffMade());
        await leaving.Disconnects();
        await leaving.LeavesBothSidesTheirOwn(staffMade);
    }
}
