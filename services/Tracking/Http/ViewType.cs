namespace MlKit.Tracking.Http;

/// <summary>Which lifecycle stages a search sees.</summary>
internal enum ViewType
{
    ActiveOnly = 1,
    DeletedOnly = 2,
    All = 3,
}

internal static class ViewTypes
{
    /// <summary>The view type of a request; absent and unknown ones are the default, active only.</summary>
    public static ViewType View(this ApiRequest request, string name) =>
        request.Enum<ViewType>(name, ByName, ByNumber) ?? ViewType.ActiveOnly;

    /// <summary>The condition on a column that is 1 for deleted rows.</summary>
    public static string Condition(this ViewType view, string column) => view switch
    {
        ViewType.ActiveOnly => column + " = 0",
        ViewType.DeletedOnly => column + " = 1",
        _ => column + " IN (0, 1)",
    };

    private static ViewType? ByName(string name) => name switch
    {
        "ACTIVE_ONLY" => ViewType.ActiveOnly,
        "DELETED_ONLY" => ViewType.DeletedOnly,
        "ALL" => ViewType.All,
        _ => null,
    };

    private static ViewType? ByNumber(long number) => number is >= 1 and <= 3 ? (ViewType)number : null;
}
