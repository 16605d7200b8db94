namespace Aspire.Hosting;

/// <summary>
/// Says a mistake of the user's that ends an AppHost before it runs in one line: an exception that nobody catches would
/// show a stack trace instead.
/// </summary>
internal static class UserErrors
{
    private static int _installed;

    /// <summary>Does so from now on.</summary>
    public static void SayInOneLine()
    {
        if (Interlocked.Exchange(ref _installed, 1) == 0)
        {
            AppDomain.CurrentDomain.UnhandledException += (_, thrown) =>
            {
                if (thrown.ExceptionObject is DistributedApplicationException error)
                {
                    Say(error);
                    Environment.Exit(1);
                }
            };
        }
    }

    /// <summary>Writes the line.</summary>
    public static void Say(DistributedApplicationException error) => Console.Error.WriteLine($"error: {error.Message}");
}
