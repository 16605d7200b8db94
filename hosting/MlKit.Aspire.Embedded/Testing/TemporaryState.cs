namespace Aspire.Hosting.Testing;

/// <summary>The state folder of an application under test; it goes away with the application.</summary>
internal sealed class TemporaryState(string folder) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A file that something still holds stays in the temporary folder: no reason to fail a test that passed.
        }
    }
}
