using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace MlKit.Tracking.Ui;

/// <summary>Reads parameters of the page's address.</summary>
internal static class AddressQuery
{
    /// <summary>A parameter; null where it is absent or empty.</summary>
    public static string? Get(NavigationManager navigation, string name) =>
        QueryHelpers.ParseQuery(new Uri(navigation.Uri).Query).TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } value ? value : null;
}
