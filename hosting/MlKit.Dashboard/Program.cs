using MlKit.Dashboard;
using MlKit.Dashboard.Configuration;

if (args.Contains("--help"))
{
    Console.WriteLine(DashboardHelp.Text);
    return 0;
}

try
{
    await using var app = DashboardApplication.Build(args);
    await app.RunAsync();
    return 0;
}
catch (DashboardConfigurationException problem)
{
    Console.Error.WriteLine($"error: {problem.Message}");
    return 1;
}
catch (IOException problem)
{
    Console.Error.WriteLine($"error: {problem.Message}");
    return 1;
}
