using MlKit.Dashboard.Bench;

// No argument: memory and page times at the default limits and at ten times them.
// limits TIMES: at so many times the default limits alone.
// pictures LOGIN-ADDRESS FOLDER: the documentation's pictures of a dashboard that runs.
switch (args)
{
    case []:
        await LimitsBench.RunAsync(times: 1);
        await LimitsBench.RunAsync(times: 10);
        return 0;
    case ["limits", var times]:
        await LimitsBench.RunAsync(int.Parse(times, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    case ["pictures", var login, var folder]:
        await Pictures.TakeAsync(new Uri(login), folder);
        return 0;
    default:
        Console.Error.WriteLine("usage: Dashboard.Bench [limits TIMES | pictures LOGIN-ADDRESS FOLDER]");
        return 1;
}
